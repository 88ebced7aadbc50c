"""What can go wrong with an inventory, as one tree.

::

    InventoryError
    ├── KeyRefused       the key is missing, malformed, or readable by others
    ├── WrongKey         what is there was written under another key
    ├── NewerFormat      a later version of Shozai wrote it
    ├── NotAnInventory   nothing there, or not a place an inventory can be
    ├── ScanRunning      another scan of the same source holds the lease
    ├── Busy             another process is committing
    ├── UnknownId        no field or link has this id
    └── WrongUse         an argument that can't be

Every message is one sentence: what, where, how to mend; none holds a value of a person.
"""

from __future__ import annotations


class InventoryError(Exception):
    """Any failure of an inventory; the message is one sentence for its user."""


class KeyRefused(InventoryError):
    """The key can't be used."""


class WrongKey(InventoryError):
    """Tokens here were made with another key."""


class NewerFormat(InventoryError):
    """A later version wrote this inventory."""


class NotAnInventory(InventoryError):
    """There is no inventory at this place."""


class ScanRunning(InventoryError):
    """One scan a source at a time."""


class Busy(InventoryError):
    """Another process is committing."""


class UnknownId(InventoryError):
    """No field or link has this id."""


class WrongUse(InventoryError):
    """An argument that can't be."""
