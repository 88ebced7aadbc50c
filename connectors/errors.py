"""What can go wrong with a source, as one tree.

::

    SourceError
    ├── Unreachable      the server or folder can't be reached now; trying again may help
    ├── Refused          the credentials or rights don't suffice
    ├── Unsupported      no connector or reader for this URL or format
    └── Damaged          what was read isn't what its format promises

Every message says what, where, and how to mend it, and holds neither secret nor value.
"""

from __future__ import annotations


class SourceError(Exception):
    """Any failure of a source; the message is one sentence for its user."""


class Unreachable(SourceError):
    """The store can't be reached now."""


class Refused(SourceError):
    """The store refuses: password, rights, permissions."""


class Unsupported(SourceError):
    """No connector or reader knows this."""


class Damaged(SourceError):
    """The bytes aren't what their format promises."""
