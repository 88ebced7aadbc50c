"""What can go wrong in detection, as one tree.

::

    ScannerError
    ├── WrongDictionary   the name model was trained with another dictionary than is installed
    ├── MissingData       a package that carries lists or tables is not whole
    └── UnknownFormat     what a scan kept was written by another version

Every message is one sentence: what, where, how to mend; none holds a value of a person. A
recognizer of another package that is no recognizer is a bug, and so a ``TypeError``.
"""

from __future__ import annotations


class ScannerError(Exception):
    """Any failure of detection; the message is one sentence for its user."""


class WrongDictionary(ScannerError):
    """The dictionary installed isn't the one the model was trained with."""


class MissingData(ScannerError):
    """Lists or tables that detection reads aren't where their package should have put them."""


class UnknownFormat(ScannerError):
    """What a scan kept is of another format: read its dataset's head again."""
