"""言い換え (swapping names): a sentence with other persons in it, written in the same form.

A name that stands twice is swapped for one name; a name whose form is not clear stays. Full names
in kanji, surnames and given names of Japan, katakana with and without a middle dot, Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from scanners.japanese.gazetteer import gazetteer
from scanners.japanese.training import forms
from scanners.japanese.training.example import Example
from scanners.japanese.training.name import Kind, Name, latin
from scanners.japanese.training.names import Names, load_names

Swap = Callable[[Name, Random], str]

_KANJI = "\u3400-\u9fff々〆ヶ\U00020000-\U0002ffff"
_SPACED = re.compile(rf"([{_KANJI}]{{1,4}})([ \u3000])[{_KANJI}\u3041-\u3096]{{1,4}}")
_JOINED = re.compile(rf"[{_KANJI}]{{3,6}}|[{_KANJI}]{{2,3}}[\u3041-\u3096]{{2,4}}")
_PART = re.compile(rf"[{_KANJI}]{{1,3}}")
_DOTTED = re.compile(r"[\u30a1-\u30faー=＝A-Z]+(?:・[\u30a1-\u30faー=＝A-Z]+)+")
_KATAKANA = re.compile(r"[\u30a1-\u30faー]{3,}")
#: Kanji so many are a surname and a given name, unless a list says otherwise.
_FULL = 3
_LATIN = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+")


def augment(example: Example, random: Random, names: Names | None = None) -> Example:
    """Swap the persons of a sentence for others; ``names`` are the shipped lists by default."""
    drawn_from = names or load_names(None)
    swapped: dict[str, str] = {}
    for name in example.names:
        if name not in swapped:
            swapped[name] = other(name, random, drawn_from)
    return _replaced(example, swapped)


def other(name: str, random: Random, names: Names) -> str:
    """Draw another name in the form of ``name``, or give it back where its form is not clear."""
    kind, swap = _form(name)
    return name if swap is None else swap(names.draw(random, kind), random)


def _form(name: str) -> tuple[Kind, Swap | None]:
    if match := _SPACED.fullmatch(name):
        return Kind.NATIVE, _spaced_by(match[2])
    for pattern, kind, swap in _FORMS:
        if pattern.fullmatch(name):
            return kind, swap
    return Kind.NATIVE, _in_kanji(name)


def _in_kanji(name: str) -> Swap | None:
    if _PART.fullmatch(name):
        if name in gazetteer().common_surnames or (len(name) < _FULL and _is_surname(name)):
            return forms.surname
        if name in gazetteer().given:
            return forms.given
    return _joined if _JOINED.fullmatch(name) else None


def _is_surname(name: str) -> bool:
    return name in gazetteer().surnames


def _joined(name: Name, random: Random) -> str:
    return forms.vary(name.joined, random)


def _family(name: Name, _random: Random) -> str:
    return name.surname.written


def _both_latin(name: Name, random: Random) -> str:
    return f"{latin(name.given, random)} {latin(name.surname, random)}"


def _spaced_by(mark: str) -> Swap:
    return lambda name, _: name.surname.written + mark + name.given.written


def _replaced(example: Example, swapped: dict[str, str]) -> Example:
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    for text, is_person in _pieces(example):
        new = swapped[text] if is_person else text
        start = sum(map(len, pieces))
        if is_person:
            spans.append((start, start + len(new)))
        pieces.append(new)
    return Example("".join(pieces), tuple(spans), f"{example.source}+")


def _pieces(example: Example) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, end in example.persons:
        yield example.text[at:start], False
        yield example.text[start:end], True
        at = end
    yield example.text[at:], False


_FORMS: tuple[tuple[re.Pattern[str], Kind, Swap], ...] = (
    (_DOTTED, Kind.WESTERN, forms.dotted),
    (_KATAKANA, Kind.WESTERN, _family),
    (_LATIN, Kind.WESTERN, _both_latin),
)
