"""素性 (features): what the name model looks at in a word.

Its surface and normal form, its parts of speech, the kinds of its characters, its first and last
ones, the lists of names and places it stands in, and the longer word that it is a part of. A
feature is a short string; what a word's neighbours are, the network sees for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanners.japanese.gazetteer import Gazetteer, gazetteer
from scanners.japanese.kana import kana_key, romaji_key
from scanners.japanese.titles import HONORIFICS, LABELS, POSTS
from scanners.japanese.tokenizer import Part, Token

#: Characters looked at one by one, runs of characters told apart, and the greatest length told.
_CHARACTERS, _RUNS, _LENGTH, _RUN = 6, 4, 8, 3
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30faー]+")
_KANJI = re.compile(r"[\u3400-\u9fff々〆\U00020000-\U0002ffff]+")
_KINDS = (
    ("\u3041", "\u309f", "h"),
    ("\u30a0", "\u30ff", "k"),
    ("\u3400", "\u9fff", "K"),
    ("\U00020000", "\U0003ffff", "K"),
    ("々", "〆", "K"),
)
#: The longest given name that is told by its first and last characters alone.
_LIKE_GIVEN = 3
#: Kana of a surname and a given name run together are at least so many.
_JOINED_KANA = 4


def features(token: Token) -> list[str]:
    """Return what is to be seen in a word itself."""
    return [*_spelling(token), *_grammar(token), *_listing(token.surface)]


def shape(surface: str) -> str:
    """Write the kinds of characters, and how many of each stand in a row.

    >>> shape("山田さん"), shape("A1")
    ('K2h2', 'A1d1')
    """
    runs: list[list[str]] = []
    for kind in map(_kind, surface):
        if runs and runs[-1][0] == kind:
            runs[-1].append(kind)
        else:
            runs.append([kind])
    return "".join(f"{run[0]}{len(run) if len(run) <= _RUN else '+'}" for run in runs[:_RUNS])


def _spelling(token: Token) -> Iterator[str]:
    word = token.surface
    yield from (f"w={word}", f"n={token.form}", f"s={shape(word)}")
    yield f"l={min(len(word), _LENGTH)}"
    for size in (1, 2, 3):
        if len(word) >= size:
            yield f"a{size}={word[:size]}"
            yield f"z{size}={word[-size:]}"
    for char in word[:_CHARACTERS]:
        yield f"c={char}"


def _grammar(token: Token) -> Iterator[str]:
    levels = token.tag.split("-")
    for depth in (2, 3, 4):
        yield f"p{depth}={'-'.join(levels[:depth])}"
    yield f"f={'-'.join(levels[4:])}"
    if token.part is not Part.WHOLE:
        yield f"P={token.part.value}"
        yield f"P{token.part.value}={'-'.join(token.longer.split('-')[:4])}"


def _listing(word: str) -> Iterator[str]:
    listed = sorted(_lists(word))
    for name in listed:
        yield f"L={name}"
    yield f"LL={' '.join(listed)}"


def _lists(word: str) -> Iterator[str]:
    lists = gazetteer()
    yield from _spelt(word, lists)
    if _KANA.fullmatch(word):
        yield from _read(kana_key(word), lists)
    elif word.isascii() and word.isalpha() and len(word) > 1:
        yield from _romanised(romaji_key(word), lists)
    elif len(word) > 1 and _KANJI.fullmatch(word):
        yield from _composed(word, lists)


def _spelt(word: str, lists: Gazetteer) -> Iterator[str]:
    if word in lists.common_surnames:
        yield "usual surname"
    elif word in lists.surnames:
        yield "surname"
    for name, listed in (
        ("given", lists.given),
        ("place", lists.places),
        ("municipality", lists.municipalities),
        ("word", lists.words),
        ("honorific", HONORIFICS),
        ("post", POSTS),
        ("label", LABELS),
    ):
        if word in listed:
            yield name


def _read(key: str, lists: Gazetteer) -> Iterator[str]:
    if key in lists.surname_kana:
        yield "surname read"
    if key in lists.given_kana:
        yield "given read"
    if len(key) >= _JOINED_KANA and any(
        key[:at] in lists.surname_kana and key[at:] in lists.given_kana
        for at in range(2, len(key) - 1)
    ):
        yield "full read"


def _romanised(key: str, lists: Gazetteer) -> Iterator[str]:
    if key in lists.surname_romaji:
        yield "surname romanised"
    if key in lists.given_romaji:
        yield "given romanised"


def _composed(word: str, lists: Gazetteer) -> Iterator[str]:
    if any(word[:at] in lists.surnames and word[at:] in lists.given for at in range(1, len(word))):
        yield "full"
    if len(word) <= _LIKE_GIVEN and word[0] in lists.given_first and word[-1] in lists.given_last:
        yield "like given"


def _kind(char: str) -> str:
    for first, last, kind in _KINDS:
        if first <= char <= last:
            return kind
    if char.isdigit():
        return "d"
    if char.isalpha():
        return "l" if not char.isascii() else "A" if char.isupper() else "a"
    return "s" if char.isspace() else "p"
