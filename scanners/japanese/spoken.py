"""文中の氏名 (names in running text): which words and runs of characters are a person's name.

Three ways, each yielding spans of a text that is folded and has no variants of characters left: by
words and their parts of speech, behind a label (``氏名：``), and as pairs in kana or Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scanners.japanese.gazetteer import gazetteer
from scanners.japanese.name_form import NO_GIVEN, NameForm, name_form
from scanners.japanese.titles import (
    HONORIFICS,
    LABELS,
    NOBODY,
    NOT_A_PERSON,
    PLACED,
    POSTS,
    without_honorific,
)
from scanners.japanese.tokenizer import Kind, Token

_KANJI = r"[\u3400-\u9fff々ヶケノ]"
_KATAKANA, _HIRAGANA = r"[\u30a1-\u30faー]", r"[\u3041-\u3096ー]"
_LATIN = r"[A-Z][A-Za-z\u00c0-\u017f'’-]{1,15}"
_LABELLED = re.compile(
    rf"(?<![A-Za-z])(?P<label>{'|'.join(sorted(LABELS, key=len, reverse=True))})"
    rf"(?:\([^()\n]{{0,10}}\))?"
    rf"(?:[ ]{{0,3}}(?:[:=は]|[ ])[ ]{{0,3}}|(?:(?<=担当)|(?<=担当者))の(?={_KANJI}{{2}}))"
    rf"(?P<name>"
    rf"(?P<kanji>{_KANJI}{{1,8}})(?:[ ]?(?:{_KANJI}{{1,4}}|{_HIRAGANA}{{2,5}}|{_KATAKANA}{{2,6}}))?"
    rf"|{_KATAKANA}{{2,8}}(?:[ ・]{_KATAKANA}{{2,8}})?|{_HIRAGANA}{{2,6}} {_HIRAGANA}{{2,6}})",
    re.IGNORECASE,
)
_PAIR = re.compile(
    rf"(?<![\u30a1-\u30faー]){_KATAKANA}{{2,7}}[ ・]{_KATAKANA}{{2,7}}(?![\u30a1-\u30faー])"
    rf"|(?<![\u30a1-\u30faー・]){_KATAKANA}{{5,12}}(?![\u30a1-\u30faー・])"
    rf"|(?<![\u3041-\u309e]){_HIRAGANA}{{2,6}} {_HIRAGANA}{{2,6}}(?![\u3041-\u309e])"
    rf"|(?<![A-Za-z0-9.@_-]){_LATIN}(?:, ?| ){_LATIN}(?![A-Za-z0-9@_])"
)
_LETTER = rf"(?:{_KANJI}|{_HIRAGANA}|{_KATAKANA})"
_LINE = re.compile(rf"^[ \t]*({_LETTER}{{1,6}} ?{_LETTER}{{1,6}})[ \t]*$", re.MULTILINE)
_JOINED = re.compile(
    rf"(?<![\u30a1-\u30faー・]){_KATAKANA}{{2,12}}(?:[・=]{_KATAKANA}{{1,12}}){{1,3}}"
    r"(?![・=\u30a1-\u30faー])"
)
_HIRAGANA_RUN = re.compile(rf"{_HIRAGANA}+")
#: Words a given name is made of, and characters.
_WORDS, _CHARACTERS = 3, 5
#: What may be a name if the words beside it are; what is one by its part of speech.
_PROPER = frozenset({Kind.SURNAME, Kind.GIVEN, Kind.NAME, Kind.PLACE, Kind.PROPER, Kind.NOUN})
_PERSONAL = frozenset({Kind.SURNAME, Kind.GIVEN, Kind.NAME})
_COMPOUND = _PROPER - {Kind.NOUN}


@dataclass(frozen=True, slots=True)
class Span:
    """A name at characters ``start`` to ``end``."""

    start: int
    end: int
    score: float
    evidence: tuple[str, ...] = ("dictionary",)


def by_words(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    """Find a surname with a given name behind it, and a lone part with an honorific."""
    for at, token in enumerate(tokens):
        if token.kind in _PROPER and token.surface[0] >= "\u3041":
            found = _full(text, tokens, at) or _lone(text, tokens, at)
            if found:
                yield found


def by_middle_dot(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    """Find katakana joined by ``・`` of which a dictionary knows a part: names from abroad."""
    personal = {token.start for token in tokens if token.kind in _PERSONAL}
    for match in _JOINED.finditer(text):
        known = any(at in personal for at in range(match.start(), match.end()))
        if known and not NOT_A_PERSON.match(text, match.end()):
            yield Span(match.start(), match.end(), 0.6)


def by_line(text: str) -> Iterator[Span]:
    """Find lines that are a full name and nothing else, as cells and lists have them."""
    for match in _LINE.finditer(text):
        if " " not in match[1] and not _usual(match[1]):
            continue
        if name_form(match[1]) is NameForm.FULL:
            end = match.start(1) + len(without_honorific(match[1]))
            yield Span(match.start(1), end, 0.75 if " " in match[1] else 0.6)


def by_label(text: str) -> Iterator[Span]:
    """Find what stands behind a label, if it could be a name or a part of one."""
    for match in _LABELLED.finditer(text):
        ends = sorted({match.end("name"), match.end("kanji")} - {-1}, reverse=True)
        town_too = match["label"].lower() not in PLACED
        spans = (_labelled(text, match.start("name"), end, town_too) for end in ends)
        yield from [span for span in spans if span][:1]


def by_pair(text: str) -> Iterator[Span]:
    """Find kana and Latin letters that fall into a surname and a given name."""
    for match in _PAIR.finditer(text):
        whole = name_form(match[0]) is NameForm.FULL
        if whole and not NOT_A_PERSON.match(text, match.end()):
            joined = match[0].isalpha() and match[0].isascii() is False and "・" not in match[0]
            yield Span(match.start(), match.end(), 0.6 if joined else 0.8)


def _usual(name: str) -> bool:
    """Tell whether kanji are a usual surname with a listed given name, and not merely could be."""
    lists = gazetteer()
    return any(
        name[:at] in lists.common_surnames and name[at:] in lists.given for at in (2, 3, 4)
    ) and not re.search(_HIRAGANA, name)


def _full(text: str, tokens: Sequence[Token], at: int) -> Span | None:
    surname, lists = tokens[at], gazetteer()
    known = lists.surnames if len(surname.surface) > 1 else lists.common_surnames
    if surname.kind is not Kind.SURNAME and surname.surface not in known:
        return None
    first = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].surface == " ")
    last = _given_end(tokens, first)
    if last is None:
        return None
    end = tokens[last - 1].end
    if NOT_A_PERSON.match(text, end) or _no_name(text[surname.start : end]):
        return None
    score = _certainty(surname, tokens[first:last])
    return Span(surname.start, end, score) if score else None


def _no_name(name: str) -> bool:
    """Tell whether a word looks like a name, or hiragana could be any words run together."""
    return name in gazetteer().words or _HIRAGANA_RUN.fullmatch(name) is not None


def _given_end(tokens: Sequence[Token], start: int) -> int | None:
    """Where the longest given name that begins at ``start`` ends."""
    for end in range(min(start + _WORDS, len(tokens)), start, -1):
        words = tokens[start:end]
        joined = all(one.end == other.start for one, other in pairwise(words))
        if joined and _is_given(words):
            return end
    return None


def _is_given(words: Sequence[Token]) -> bool:
    name = "".join(word.surface for word in words)
    if len(name) > _CHARACTERS or name in NO_GIVEN:
        return False
    return name in gazetteer().given or (len(words) == 1 and words[0].kind is Kind.GIVEN)


def _certainty(surname: Token, given: Sequence[Token]) -> float:
    """How far the parts of speech bear the dictionary out; 0 if the words are too short to say."""
    both = surname.kind in _PERSONAL, all(word.kind in _PERSONAL for word in given)
    if all(both):
        return 0.85
    if any(both):
        return 0.7
    length = sum(len(word.surface) for word in given)
    usual = surname.surface in gazetteer().common_surnames and len(surname.surface) > 1
    return 0.55 if usual and length > 1 else 0.0


def _lone(text: str, tokens: Sequence[Token], at: int) -> Span | None:
    token = tokens[at]
    named = token.kind in _PERSONAL or token.surface in gazetteer().common_surnames
    if not named or (at and _compound(tokens[at - 1], token)):
        return None
    behind = text[token.end : token.end + 5].lstrip(" ")
    word = next((word for word in (*HONORIFICS, *POSTS) if behind.startswith(word)), None)
    if word is None or token.surface + word in NOBODY:
        return None
    score = 0.75 if word in HONORIFICS and token.kind is not Kind.NAME else 0.6
    return Span(token.start, token.end, score, ("dictionary", f"context {word}"))


def _compound(before: Token, token: Token) -> bool:
    """Tell whether the word before belongs to the same compound, as 東京 in 東京山田."""
    return before.end == token.start and before.kind in _COMPOUND


def _labelled(text: str, start: int, end: int, town_too: bool) -> Span | None:
    """Judge what stands behind a label; ``town_too`` says that 村上 is no town there."""
    form = name_form(text[start:end])
    if form is None and town_too and text[start:end] in gazetteer().common_surnames:
        form = NameForm.SURNAME
    if form is None or NOT_A_PERSON.match(text, end):
        return None
    end = start + len(without_honorific(text[start:end]))
    return Span(start, end, 0.9 if form is NameForm.FULL else 0.7, ("dictionary", "context label"))
