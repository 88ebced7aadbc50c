"""Names of places as a report shows them: plain, or masked where an identifier lies in one.

With the key a sealed name is shown by its first characters (``人＊＊＊/山＊＊＊.docx``); without
it, by a few digits that only tell it from others.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from reports.errors import WrongKey
from reports.seal import Seal, is_sealed


@dataclass(frozen=True, slots=True)
class Names:
    """How stored names are shown; ``seal`` is ``None`` where the key isn't at hand."""

    seal: Seal | None = None

    def shown(self, name: str) -> str:
        """Return the name as anyone may see it."""
        if not is_sealed(name):
            return name
        try:
            return self.seal.shown(name) if self.seal else _told_apart(name)
        except WrongKey:
            return _told_apart(name)

    def plain(self, name: str) -> str:
        """Return the name itself, to match and never to show; sealed if it can't be opened."""
        try:
            return self.seal.unseal(name) if self.seal else name
        except WrongKey:
            return name


def _told_apart(name: str) -> str:
    return f"＊＊＊（{blake2b(name.encode(), digest_size=2).hexdigest()}）"
