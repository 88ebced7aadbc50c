"""形態素 (morphemes): a text cut into words by Sudachi, as far as names need it.

Sudachi refuses more than 49,149 bytes at a time, so a long text is cut at line ends and full stops.
Words are Sudachi's shortest (mode A), as spaCy's blank Japanese pipeline cuts them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import NamedTuple, Protocol

from spacy.tokens import Doc
from sudachipy import Dictionary, SplitMode

#: Four bytes a character at most.
_LONGEST = 12_000
_CUTS = ("\n", "。", " ", "、")


class Kind(Enum):
    """What a word is, as far as names are concerned."""

    SURNAME = "名詞-固有名詞-人名-姓"
    GIVEN = "名詞-固有名詞-人名-名"
    NAME = "名詞-固有名詞-人名-一般"
    PLACE = "名詞-固有名詞-地名"
    PROPER = "名詞-固有名詞"
    NOUN = "名詞"
    SUFFIX = "接尾辞"
    BLANK = "空白"
    OTHER = ""


class Token(NamedTuple):
    """A word: characters ``start`` to ``end`` of the text."""

    surface: str
    start: int
    end: int
    kind: Kind


class _Morpheme(Protocol):
    def surface(self) -> str: ...
    def part_of_speech(self) -> tuple[str, ...]: ...
    def part_of_speech_id(self) -> int: ...
    def begin(self) -> int: ...
    def end(self) -> int: ...


def tokenize(text: str) -> list[Token]:
    """Cut a text of any length into words; words without characters are left out."""
    return [token for start, part in _parts(text) for token in _words(part, start)]


def doc_tokens(doc: Doc) -> list[Token]:
    """Take the words from a document that spaCy's Japanese pipeline has cut already."""
    return [
        Token(token.text, token.idx, token.idx + len(token.text), _kind(token.tag_))
        for token in doc
        if token.text
    ]


def _words(text: str, offset: int) -> Iterator[Token]:
    for morpheme in _tokenizer().tokenize(text):
        begin, end = morpheme.begin(), morpheme.end()
        if end > begin:
            yield Token(text[begin:end], offset + begin, offset + end, _kind_of(morpheme))


_kinds: dict[int, Kind] = {}


def _kind_of(morpheme: _Morpheme) -> Kind:
    found = _kinds.get(morpheme.part_of_speech_id())
    if found is None:
        found = _kind("-".join(morpheme.part_of_speech()))
        _kinds[morpheme.part_of_speech_id()] = found
    return found


@cache
def _kind(tag: str) -> Kind:
    return next(kind for kind in Kind if tag.startswith(kind.value))


def _parts(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while len(text) - start > _LONGEST:
        end = _cut(text, start, start + _LONGEST)
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def _cut(text: str, start: int, limit: int) -> int:
    for mark in _CUTS:
        at = text.rfind(mark, start + 1, limit)
        if at > start:
            return at + 1
    return limit


_local = threading.local()


def _tokenizer():  # type: ignore[no-untyped-def]  # noqa: ANN202 - SudachiPy has no types
    if not hasattr(_local, "tokenizer"):
        _local.tokenizer = Dictionary(dict="core").tokenizer(SplitMode.A)
    return _local.tokenizer
