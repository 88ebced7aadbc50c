"""セル (cells): short texts as they stand in tables, of persons and of all else.

A lone surname that is also a place (福島, 大塚) is the place, unless it is one of the most usual; a
lone name that is also a word (光) is left out. A column of such is judged by all of its values.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

from scanners.japanese.gazetteer import gazetteer
from scanners.japanese.training import forms, things
from scanners.japanese.training.dictionary import dictionary, is_name
from scanners.japanese.training.example import Example
from scanners.japanese.training.forms import Form
from scanners.japanese.training.lists import words
from scanners.japanese.training.name import Kind, Name
from scanners.japanese.training.names import Names
from scanners.japanese.training.pool import Pool, pool

_SOURCE = "cell"
#: How many cells in a hundred come before those that are things, how many names have something
#: around them, and how many cells are places that bear a surname.
_PERSONS, _AROUND, _NAMESAKES = 64, 14, 8
_MARKS = ("、", ",", ", ", "/", "・", "\n", " / ", "；", ";")
_BRACKETS = (("（", "）"), ("(", ")"), (" (", ")"), (" ", ""), ("／", ""), ("【", "】"))
_LABELS = (
    "担当：",
    "担当:",
    "氏名:",
    "氏名 ",
    "(代)",
    "代表 ",
    "名前：",
    "故 ",
    "ATTN: ",
    "申請者=",
)


def cell(random: Random, names: Names) -> Example:
    """Make one cell."""
    chance = random.randrange(100)
    if chance < _NAMESAKES:
        return Example(random.choice(dictionary().namesakes), (), _SOURCE)
    if chance >= _PERSONS:
        return Example(_thing(random, names), (), _SOURCE)
    name = names.draw(random)
    if random.randrange(100) < _AROUND:
        return _around(name, random, names)
    return Example(text := _written(name, random), ((0, len(text)),), _SOURCE)


def parts(*pieces: tuple[str, bool]) -> Example:
    """Join pieces of text, each with whether it is a person."""
    return Example("".join(text for text, _ in pieces), tuple(_spans(pieces)), _SOURCE)


def _spans(pieces: tuple[tuple[str, bool], ...]) -> Iterator[tuple[int, int]]:
    at = 0
    for text, is_person in pieces:
        if is_person:
            yield at, at + len(text)
        at += len(text)


def _thing(random: Random, names: Names) -> str:
    while is_name(text := things.CELLS.draw(random)(random, names)):
        pass
    return text


def _written(name: Name, random: Random) -> str:
    while True:
        form = _FORMS[name.kind].draw(random)
        text = form(name, random)
        if form not in _LONE or (len(text) > 1 and text not in _doubtful()):
            return text


@cache
def _doubtful() -> frozenset[str]:
    return gazetteer().places | gazetteer().words | set(dictionary().namesakes)


def _around(name: Name, random: Random, names: Names) -> Example:
    text, kind = forms.written(name, random), random.randrange(6)
    if kind <= 1:
        shown = text if random.randrange(2) else forms.surname(name, random)
        return parts((shown, True), (random.choice(("", " ", "\u3000")), False), _title(random))
    if kind == 2:  # noqa: PLR2004 - the kinds are these six
        opening, closing = random.choice(_BRACKETS)
        return parts(
            (text, True), (opening, False), (_reading(name, random), True), (closing, False)
        )
    if kind == 3:  # noqa: PLR2004
        return _several(text, random, names)
    if kind == 4:  # noqa: PLR2004
        return parts((random.choice(_LABELS), False), (text, True))
    before = random.choice(
        (random.choice(words("depts")), things.FILLERS["company"](random, names))
    )
    return parts((before + random.choice((" ", "\u3000", "")), False), (text, True))


def _title(random: Random) -> tuple[str, bool]:
    return random.choice(words(random.choice(("honorifics", "honorifics", "posts")))), False


def _reading(name: Name, random: Random) -> str:
    return forms.romaji(name, random) if not random.randrange(4) else forms.reading(name, random)


def _several(first: str, random: Random, names: Names) -> Example:
    mark, form = random.choice(_MARKS), random.choice((forms.written, forms.surname))
    others = [form(names.draw(random), random) for _ in range(random.randrange(1, 4))]
    pieces = [(first, True)]
    for other in others:
        pieces += [(mark, False), (other, True)]
    return parts(*pieces)


_LONE: frozenset[Form] = frozenset((forms.surname, forms.given))
_NATIVE: tuple[tuple[Form, float], ...] = (
    *((forms.joined, 22), (forms.spaced, 22), (forms.written, 8), (forms.surname, 8)),
    *((forms.given, 5), (forms.katakana, 14), (forms.in_hiragana, 16), (forms.half_katakana, 6)),
    (forms.romaji, 14),
)
_FORMS: dict[Kind, Pool[Form]] = {
    Kind.NATIVE: pool(_NATIVE),
    Kind.WESTERN: pool(
        ((forms.dotted, 45), (forms.spaced, 5), (forms.katakana, 10), (forms.romaji, 35))
    ),
    Kind.EASTERN: pool(((forms.written, 55), (forms.katakana, 15), (forms.romaji, 25))),
}
