"""形態素 (morphemes): a text cut into words by Sudachi, as far as names need it.

Sudachi refuses more than 49,149 bytes at a time, so a long text is cut at line ends and full stops.
Words are Sudachi's shortest (mode A), as spaCy's blank Japanese pipeline cuts them; each knows the
longest word (mode C) that it is a part of.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple, Protocol, TypeGuard

from spacy.tokens import Doc
from spacy.vocab import Vocab
from sudachipy import Dictionary, SplitMode, Tokenizer

#: Four bytes a character at most.
_LONGEST = 12_000
_SURROGATE = re.compile("[\ud800-\udfff]")
#: The tag of a word that is nothing names need.
_NO_NAME = "他"
#: Where a document keeps its words.
_TOKENS = "shozai tokens"
#: Where a long text may be cut, and how many characters a word may depend on that follow it.
_MARKS = ("\n", "。", " ", "、")
_MARGIN = 200


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


class Part(Enum):
    """Where in a longer word a word stands."""

    WHOLE = 0
    FIRST = 1
    MIDDLE = 2
    LAST = 3


class Token(NamedTuple):
    """A word: characters ``start`` to ``end`` of the text.

    ``tag`` is its part of speech in Sudachi's six levels, ``form`` its normalized form, ``longer``
    the tag of the longer word that it is a part of, or "".
    """

    surface: str
    start: int
    end: int
    kind: Kind
    tag: str = ""
    form: str = ""
    longer: str = ""
    part: Part = Part.WHOLE


class _Morpheme(Protocol):
    def part_of_speech(self) -> tuple[str, ...]: ...
    def part_of_speech_id(self) -> int: ...
    def normalized_form(self) -> str: ...
    def begin(self) -> int: ...
    def end(self) -> int: ...


def tokenize(text: str) -> list[Token]:
    """Cut a text of any length into words; words without characters are left out."""
    # A lone surrogate (an undecodable byte of a terminal) is no text to Sudachi.
    whole = text.encode("utf-8", "replace").decode() if _SURROGATE.search(text) else text
    tokens: list[Token] = []
    start = 0
    while len(whole) - start > _LONGEST:
        part = _part(whole, start)
        tokens += part
        start = part[-1].end
    return [*tokens, *_words(whole[start:], start)]


def to_doc(vocab: Vocab, text: str) -> Doc:
    """Cut a text into a spaCy document: words as ``tokenize`` gives them, kinds as tags."""
    tokens = tokenize(text)
    words = [token.surface for token in tokens]
    tags = [token.kind.value or _NO_NAME for token in tokens]
    doc = Doc(vocab, words=words, spaces=[False] * len(words), tags=tags)
    doc.user_data[_TOKENS] = tokens
    return doc


def is_cut(doc: Doc | None, text: str) -> TypeGuard[Doc]:
    """Tell whether ``doc`` is ``text`` cut by ``to_doc``."""
    return doc is not None and _TOKENS in doc.user_data and doc.text == text


def doc_tokens(doc: Doc) -> list[Token]:
    """Take the words from a document that ``to_doc`` made."""
    tokens: list[Token] = doc.user_data[_TOKENS]
    return tokens


def _words(text: str, offset: int) -> Iterator[Token]:
    for whole in _tokenizer().tokenize(text):
        begin, end = whole.begin(), whole.end()
        parts = whole.split(SplitMode.A) if end - begin > 1 else ()
        if len(parts) > 1:
            yield from _split(text, offset, whole, parts)
        elif end > begin:
            tag, kind = _grammar(whole)
            form = whole.normalized_form()
            yield Token(text[begin:end], offset + begin, offset + end, kind, tag, form)


def _split(text: str, offset: int, whole: _Morpheme, parts: Sequence[_Morpheme]) -> Iterator[Token]:
    longer, _ = _grammar(whole)
    for at, one in enumerate(parts):
        begin, end = one.begin(), one.end()
        part = Part.FIRST if not at else Part.LAST if at == len(parts) - 1 else Part.MIDDLE
        if end > begin:
            tag, kind = _grammar(one)
            form, surface = one.normalized_form(), text[begin:end]
            yield Token(surface, offset + begin, offset + end, kind, tag, form, longer, part)


_known: dict[int, tuple[str, Kind]] = {}


def _grammar(word: _Morpheme) -> tuple[str, Kind]:
    """Return a word's part of speech and what it is to names, looked up by its number."""
    number = word.part_of_speech_id()
    found = _known.get(number)
    if found is None:
        tag = "-".join(word.part_of_speech())
        found = _known[number] = tag, next(kind for kind in Kind if tag.startswith(kind.value))
    return found


def _part(text: str, start: int) -> list[Token]:
    """Cut some thousand characters: up to a mark or, without one, to where words are certain."""
    limit = start + _LONGEST
    mark = next((at for mark in _MARKS if (at := text.rfind(mark, start + 1, limit)) > start), None)
    if mark is not None:
        return list(_words(text[start : mark + 1], start))
    words = list(_words(text[start:limit], start))
    return [word for word in words if word.end <= limit - _MARGIN] or words


_local = threading.local()


def _tokenizer() -> Tokenizer:
    if not hasattr(_local, "tokenizer"):
        _local.tokenizer = Dictionary(dict="core").tokenizer(SplitMode.C)
    return _local.tokenizer
