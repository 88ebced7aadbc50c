r"""RTF's text: what its groups say, decoded by the character set of each font (RTF 1.9.1).

``\u`` gives a character and behind it ``\uc`` bytes for old programs, which are passed over. What
the body holds comes first, then headers, footers, footnotes, comments and text boxes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from connectors.encoding import decode
from connectors.readers.rtf_token import Kind, Token, tokens
from connectors.readers.rtf_word import (
    BESIDE,
    CHARACTERS,
    CHARSETS,
    ENDS,
    PROPERTIES,
    SILENT,
    THROUGH,
)


@dataclass(slots=True, repr=False)
class Texts:
    """What a file says: paragraphs and table rows, those beside, properties, embedded objects."""

    body: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    properties: dict[str, list[str]] = field(default_factory=dict)
    objects: int = 0
    undecodable: int = 0


@dataclass(slots=True, repr=False)
class _State:
    """What a group inherits; ``into`` is where its text goes, ``None`` where it goes nowhere."""

    into: list[str] | None
    font: int = -1
    fallback: int = 1
    in_table: bool = False
    starred: bool = False
    is_fonts: bool = False


def texts(data: bytes) -> Texts:
    """Decode a file."""
    decoder = _Decoder()
    for token in tokens(data):
        decoder.take(token)
    return decoder.done()


class _Decoder:
    def __init__(self) -> None:
        self._found = Texts(body=[""])
        self._now = _State(self._found.body)
        self._outer: list[_State] = []
        self._default = "cp1252"
        self._fonts: dict[int, str] = {}
        self._main_font = -1
        self._bytes = bytearray()
        self._skip = 0

    def take(self, token: Token) -> None:
        if token.kind is Kind.TEXT:
            self._bytes += self._behind_skipped(token.text)
        elif token.kind is Kind.WORD and self._skip and token.name != "u":
            self._skip -= 1
        else:
            self._flush()
            self._control(token)

    def done(self) -> Texts:
        self._flush()
        for paragraphs in (self._found.body, self._found.beside):
            paragraphs[:] = [_whole(each) for each in paragraphs]
        return self._found

    def _control(self, token: Token) -> None:
        if token.kind is Kind.OPEN:
            self._skip = 0
            self._outer.append(replace(self._now))
        elif token.kind is Kind.CLOSE:
            self._skip = 0
            self._now = self._outer.pop() if self._outer else self._now
        elif token.name == "*":
            self._now.starred = True
        else:
            self._word(token.name, token.number)

    def _behind_skipped(self, text: bytes) -> bytes:
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        return text[skipped:]

    def _word(self, name: str, number: int | None) -> None:
        starred, self._now.starred = self._now.starred, False
        if name in PROPERTIES or name in BESIDE or name in SILENT or starred:
            self._destination(name)
        elif name in CHARACTERS:
            self._write(CHARACTERS[name])
        elif name in ENDS:
            self._end(name)
        elif number is not None:
            self._set(name, number)
        elif name == "pard":
            self._now.in_table = False
        elif name == "intbl":
            self._now.in_table = True

    def _destination(self, name: str) -> None:
        self._now.is_fonts = name == "fonttbl"
        self._found.objects += name == "object"
        if name in PROPERTIES:
            self._now.into = self._found.properties.setdefault(PROPERTIES[name], [])
            self._now.into.append("")
        elif name in BESIDE:
            self._now.into = self._found.beside
            self._now.into.append("")
        elif name not in THROUGH:
            self._now.into = None

    def _end(self, name: str) -> None:
        if self._now.in_table and name == "par":
            self._write("\n")
        elif self._now.into is self._found.body or self._now.into is self._found.beside:
            self._now.into.append("")

    def _set(self, name: str, number: int) -> None:
        if name == "u":
            self._write(chr(number & 0xFFFF))
            self._skip = self._now.fallback
        elif name == "uc":
            self._now.fallback = number
        elif name in ("f", "af") and (name == "f" or self._now.is_fonts):
            self._now.font = number
        elif name == "fcharset" and self._now.is_fonts:
            self._fonts[self._now.font] = CHARSETS.get(number, "")
        elif name == "ansicpg":
            self._default = f"cp{number}"
        elif name == "deff":
            self._main_font = number
        elif name == "intbl":
            self._now.in_table = bool(number)

    def _flush(self) -> None:
        if self._bytes and self._now.into is not None:
            text, bad = self._decoded(bytes(self._bytes))
            self._found.undecodable += bad
            self._write(text)
        self._bytes.clear()

    def _decoded(self, data: bytes) -> tuple[str, int]:
        font = self._now.font if self._now.font >= 0 else self._main_font
        codec = self._fonts.get(font) or self._default
        try:
            return decode(data, codec)
        except LookupError:
            return decode(data, "cp1252")

    def _write(self, text: str) -> None:
        if self._now.into is not None:
            self._now.into[-1] += text


def paragraphs(found: Texts) -> Iterator[str]:
    """Yield the paragraphs and table rows in order."""
    for text in (*found.body, *found.beside):
        yield text.removesuffix("\t")


def _whole(text: str) -> str:
    r"""Join halves of surrogate pairs, which ``\u`` gives one by one."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
