"""文中の氏名 (names in running text): what the name model reads, and what it leaves.

Cells may be a usual surname with a listed given name; pairs in kana or Latin letters may fall into
both by their reading alone (ヤマダ タロウ, Taro Yamada), in lists and forms where no sentence is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scanners.japanese.gazetteer import gazetteer
from scanners.japanese.name_form import NameForm, name_form
from scanners.japanese.name_model import Name
from scanners.japanese.titles import (
    FIRM_BEFORE,
    FIRM_BEHIND,
    HONORIFICS,
    NOBODY,
    NOT_A_PERSON,
    POSTS,
)

_KATAKANA, _HIRAGANA = r"[\u30a1-\u30faー]", r"[\u3041-\u3096ー]"
_LATIN = r"[A-Z][A-Za-z\u00c0-\u017f'’-]{1,15}"
_PAIR = re.compile(
    rf"(?<![\u30a1-\u30faー]){_KATAKANA}{{2,7}}[ ・]{_KATAKANA}{{2,7}}(?![\u30a1-\u30faー])"
    rf"|(?<![\u30a1-\u30faー・]){_KATAKANA}{{5,12}}(?![\u30a1-\u30faー・])"
    rf"|(?<![\u3041-\u309e]){_HIRAGANA}{{2,6}} {_HIRAGANA}{{2,6}}(?![\u3041-\u309e])"
    rf"|(?<![A-Za-z0-9.@_-]){_LATIN}(?:, ?| ){_LATIN}(?![A-Za-z0-9@_])"
)
_MARKS_BEFORE, _MARKS_BEHIND = re.compile(r"^\W+"), re.compile(r"(?<!\W)\W+\Z")
_NOBODY = re.compile("|".join(sorted(NOBODY)))
_CELL = re.compile(r"\s*([\u3041-\u3096ー]{4,12}|[\u3400-\u9fff々ヶ]{3,6})\s*")
_KANJI = "\u3400"
_BEHIND = re.compile(rf"[ ]?(?:{'|'.join((*HONORIFICS, *POSTS))}|[はがのをにともへ])")
_IN_FRONT = re.compile(r"[:=@は][ ]?\Z")
_LONGEST_FORM = 4
#: No name has more characters; a run of letters without sense may look like one.
_LONGEST = 60
#: Latin letters of a name begin with a large one, and no figure stands behind: Thu, 29 Apr 2018.
_NO_LATIN = re.compile(
    r"[a-z]|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:[a-z]{0,5}day)?,? {1,2}"
    r"(?:[0-9]|[A-Z][a-z]{2,8} +[0-9])"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}[.,]? {1,2}[0-9]"
)
#: A name that is about the whole text, with so few characters around, has nothing to speak for it.
_ALONE, _FEW = 0.65, 12
_LEAST, _RANGE = 0.5, 0.45
_PARTED, _JOINED = 0.6, 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """A name at characters ``start`` to ``end``."""

    start: int
    end: int
    score: float
    evidence: tuple[str, ...]


def spoken(text: str, names: Iterable[Name]) -> Iterator[Span]:
    """Yield what the model read in a text, and pairs; they may overlap."""
    # A surname alone that is also a place (福島, 松本) is nobody's without the rest of its column.
    for name in () if text.strip() in gazetteer().places else names:
        start, end = _trimmed(text, name)
        if 0 < end - start <= _LONGEST and not _is_nobody(text, start, end):
            sure = _LEAST + _RANGE * name.certainty
            score = sure if _is_told(text, start, end) else min(sure, _ALONE)
            yield Span(start, end, score, ("name model",))
    yield from by_pair(text)
    yield from by_cell(text)


def by_pair(text: str) -> Iterator[Span]:
    """Find kana and Latin letters that fall into a surname and a given name."""
    for match in _PAIR.finditer(text):
        whole = name_form(match[0]) is NameForm.FULL
        if whole and not NOT_A_PERSON.match(text, match.end()):
            parted = not match[0].isalpha() or match[0].isascii()
            yield Span(*match.span(), _PARTED if parted else _JOINED, ("dictionary",))


def by_cell(text: str) -> Iterator[Span]:
    """Find a text that is nothing but a usual surname with a listed given name: 平川大."""
    cell = _CELL.fullmatch(text)
    if cell and name_form(cell[1]) is NameForm.FULL and _usual(cell[1]):
        yield Span(*cell.span(1), _JOINED, ("dictionary",))


def _is_nobody(text: str, start: int, end: int) -> bool:
    """Tell whether it is a god, a part of a firm's name (㈱山田, 山田太郎商店), a word, a date."""
    before = text[max(0, start - _LONGEST_FORM) : start]
    firm = FIRM_BEHIND.match(text, end) or FIRM_BEFORE.search(before)
    return bool(firm or _NOBODY.match(text, start) or _NO_LATIN.match(text, start))


def _is_told(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence, a label in front or an honorific behind speaks for a name."""
    if len(text) - (end - start) > _FEW:
        return True
    return bool(_BEHIND.match(text, end)) or bool(_IN_FRONT.search(text[:start]))


def _usual(name: str) -> bool:
    """Tell whether kanji are a usual surname with a listed given name, and not merely could be."""
    lists = gazetteer()
    return name[0] < _KANJI or any(
        name[:at] in lists.common_surnames and name[at:] in lists.given for at in (2, 3, 1)
    )


def _trimmed(text: str, name: Name) -> tuple[int, int]:
    """Leave out marks at the ends, which Sudachi cuts into one word with Latin letters."""
    said = text[name.start : name.end]
    start = name.end - len(_MARKS_BEFORE.sub("", said))
    return start, name.start + len(_MARKS_BEHIND.sub("", said))
