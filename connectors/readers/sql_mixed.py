"""mysqldump under another encoding than UTF-8: the values are in it, the names are not.

Its statements that declare tables are always UTF-8, and so are the names before ``VALUES``.
https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html#option_mysqldump_default-character-set
"""

from __future__ import annotations

import re

from connectors.encoding import incremental

_HEAD = re.compile(rb"(?:INSERT|REPLACE)\b[^\n]*?\bVALUES\b", re.IGNORECASE)
_ROW = (b"(", b",")


class Mixed:
    """An incremental decoder: rows in ``codec``, other lines in UTF-8 if they are that."""

    def __init__(self, codec: str) -> None:
        self._inner = incremental(codec)
        self._rest = b""
        self._within = False

    def decode(self, raw: bytes, final: bool = False) -> str:
        """Decode what comes next."""
        lines = (self._rest + raw).splitlines(keepends=True)
        self._rest = b""
        if lines and not lines[-1].endswith(b"\n") and not final and not self._goes_on(lines):
            self._rest = lines.pop()
        return "".join(map(self._line, lines))

    def _goes_on(self, lines: list[bytes]) -> bool:
        """Tell whether the last line, which isn't whole, is known to hold values."""
        last = lines[-1]
        return (self._within and len(lines) == 1) or last[:1] in _ROW or bool(_HEAD.match(last))

    def _line(self, line: bytes) -> str:
        within, self._within = self._within, not line.endswith(b"\n")
        if within or line[:1] in _ROW:
            return self._inner.decode(line)
        head = _HEAD.match(line)
        named = line[: head.end()] if head else line
        return self._named(named) + self._inner.decode(line[len(named) :])

    def _named(self, text: bytes) -> str:
        try:
            return text.decode()
        except UnicodeDecodeError:
            return self._inner.decode(text)
