r"""RTF's tokens: groups, control words and the bytes of text between them (RTF 1.9.1).

A character of code page 932 may have ``\``, ``{`` or ``}`` as its second byte: ``ソ`` is written
``\'83\'5c`` or ``\'83\\``, and by careless programs as the bare bytes 83 5C.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What a token is."""

    OPEN = "{"
    CLOSE = "}"
    WORD = "word"
    TEXT = "text"


class Token(NamedTuple):
    """``name`` and ``number`` of a control word, or bytes of text in the font's encoding."""

    kind: Kind
    name: str = ""
    number: int | None = None
    text: bytes = b""


_PAIR = rb"[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc]|"
_TOKEN = (
    rb"(?P<open>\{)|(?P<close>\})|(?P<hex>(?:\\'[0-9a-fA-F]{2})+)"
    rb"|\\(?P<word>[a-zA-Z]+)(?P<number>-?\d{1,10})? ?|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<space>[\r\n\x00]+)|(?P<text>(?:%s[^\\{}\r\n\x00])+)|(?P<rest>.)"
)
_BARE = re.compile(_TOKEN % b"", re.DOTALL)
_PAIRED = re.compile(_TOKEN % _PAIR, re.DOTALL)
_JAPANESE = re.compile(rb"\\ansicpg932(?!\d)")
_HEAD = 4096
_SYMBOLS = {b"~": b"\xa0", b"_": b"-", b"-": b"", b"\t": b"\t"}


def tokens(data: bytes) -> Iterator[Token]:
    """Yield the tokens of a file."""
    pattern = _PAIRED if _JAPANESE.search(data[:_HEAD]) else _BARE
    at = 0
    while found := pattern.match(data, at):
        at = found.end()
        if found["word"] == b"bin":
            at += max(0, int(found["number"] or 0))
        elif token := _token(found):
            yield token


def _token(found: re.Match[bytes]) -> Token | None:
    if found["text"]:
        return Token(Kind.TEXT, text=found["text"])
    if found["hex"]:
        return Token(Kind.TEXT, text=bytes.fromhex(found["hex"].decode().replace("\\'", "")))
    if found["word"]:
        number = found["number"]
        return Token(Kind.WORD, found["word"].decode(), int(number) if number else None)
    if found["open"]:
        return Token(Kind.OPEN)
    if found["close"]:
        return Token(Kind.CLOSE)
    return _of_symbol(found["symbol"]) if found["symbol"] else None


def _of_symbol(symbol: bytes) -> Token:
    if symbol in (b"\\", b"{", b"}"):
        return Token(Kind.TEXT, text=symbol)
    if symbol in (b"\r", b"\n"):
        return Token(Kind.WORD, "par")
    if symbol == b"~":
        return Token(Kind.WORD, "u", 0xA0)
    if symbol in _SYMBOLS:
        return Token(Kind.WORD, "symbol" if not _SYMBOLS[symbol] else "hyphen")
    return Token(Kind.WORD, "*" if symbol == b"*" else "symbol")
