"""形態素 (morphemes): a text cut into words by Sudachi, as far as names need it.

Sudachi refuses more than 49,149 bytes at a time, so a long text is cut at line ends and full stops.
Words are Sudachi's shortest (mode A), as spaCy's blank Japanese pipeline cuts them.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import NamedTuple, Protocol, TypeGuard

from spacy.tokens import Doc
from spacy.vocab import Vocab
from sudachipy import Dictionary, SplitMode, Tokenizer

#: Four bytes a character at most.
_LONGEST = 12_000
_SURROGATE = re.compile("[\ud800-\udfff]")
#: The tag of a word that is nothing names need.
_NO_NAME = "他"
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
    # A lone surrogate (an undecodable byte of a terminal) is no text to Sudachi.
    whole = text.encode("utf-8", "replace").decode() if _SURROGATE.search(text) else text
    return [token for start, part in _parts(whole) for token in _words(part, start)]


def to_doc(vocab: Vocab, text: str) -> Doc:
    """Cut a text into a spaCy document: words as ``tokenize`` gives them, kinds as tags."""
    tokens = tokenize(text)
    words = [token.surface for token in tokens]
    tags = [token.kind.value or _NO_NAME for token in tokens]
    return Doc(vocab, words=words, spaces=[False] * len(words), tags=tags)


def is_cut(doc: Doc | None, text: str) -> TypeGuard[Doc]:
    """Tell whether ``doc`` is ``text`` cut by Sudachi, whose tags alone are Japanese."""
    return doc is not None and len(doc) > 0 and doc.text == text and not doc[0].tag_.isascii()


def doc_tokens(doc: Doc) -> list[Token]:
    """Take the words from a document that Sudachi has cut already."""
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


def _tokenizer() -> Tokenizer:
    if not hasattr(_local, "tokenizer"):
        _local.tokenizer = Dictionary(dict="core").tokenizer(SplitMode.A)
    return _local.tokenizer
