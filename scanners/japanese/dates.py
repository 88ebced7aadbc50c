"""年月日 (dates) as Japan writes them: by era (昭和60年4月1日, S60.4.1) and by the western year.

Eras began on 1868-10-23 (明治), 1912-07-30 (大正), 1926-12-25 (昭和), 1989-01-08 (平成) and
2019-05-01 (令和) (Unicode CLDR, supplemental/calendarData.json). Forms printed before a change go
on counting the old era (昭和65年), so a day past its end is read all the same, and marked. The
first year is 元年. Old systems number the eras (3600401). Texts are folded: ㍻ has become 平成.

Of 01/04/1985 nobody can tell the month: with slashes it is read as the first, as in the United
States, with dots and hyphens as the second; a number above 12 is the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_ERAS = {"明": 1867, "大": 1911, "昭": 1925, "平": 1988, "令": 2018}
_ERAS |= {"M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}
_ERAS |= {"1": 1867, "2": 1911, "3": 1925, "4": 1988, "5": 2018}
#: The last day of an era, by the year before its first.
_ENDS = {
    1867: date(1912, 7, 30),
    1911: date(1926, 12, 25),
    1925: date(1989, 1, 7),
    1988: date(2019, 4, 30),
}
_DIGITS = {char: digit for digit, char in enumerate("〇一二三四五六七八九")} | {"元": 1}
#: Western years of two digits below this are taken for this century.
_PIVOT = 30
_ISO_LENGTH, _CENTURIES = 10, frozenset({"18", "19", "20"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_NUMBER = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_REST = rf"[ ]?(?:年|[./-])[ ]?({_NUMBER})[ ]?(?:月|[./-])[ ]?({_NUMBER})(?:[ ]?日)?"
_ERA = (
    r"(明治?|大正?|昭和?|平成?|令和?|(?<![A-Za-z])[MTSHRmtshr])[ .]?"
    rf"(元|[0-9]{{1,2}}|[〇一二三四五六七八九十]{{1,3}}){_REST}"
)
_WESTERN = rf"(?:西暦)?((?:18|19|20)[0-9]{{2}}|[一二][〇一二三四五六七八九]{{3}}){_REST}"
_SPACED = r"((?:18|19|20)[0-9]{2})[ ]([0-9]{2})[ ]([0-9]{2})"
_YEAR_LAST = r"([0-3]?[0-9])(?P<mark>[./-])([0-3]?[0-9])(?P=mark)((?:18|19|20)[0-9]{2})"
_SHORT = r"'?([0-9]{2})(?P<dot>[./-])([0-9]{1,2})(?P=dot)([0-9]{1,2})"
_COMPACT = r"((?:18|19|20)[0-9]{2})([01][0-9])([0-3][0-9])"
_ERA_COMPACT = (
    r"(?<![A-Za-z])([MTSHRmtshr]|明治|大正|昭和|平成|令和)([0-9]{2})([01][0-9])([0-3][0-9])"
)
_ERA_CODE = r"([1-5])([0-9]{2})([01][0-9])([0-3][0-9])"
_MONTH = rf"((?:{'|'.join(_MONTHS)})[a-z]{{0,6}})"
_ENGLISH = rf"{_MONTH}\.?[ ]([0-9]{{1,2}})(?:st|nd|rd|th)?,?[ ]([0-9]{{4}})"
_BRITISH = rf"([0-9]{{1,2}})(?:st|nd|rd|th)?[ -]{_MONTH}\.?,?[ -]([0-9]{{4}})"
_DATE = re.compile(
    r"(?<![0-9])(?<![0-9][./-])(?:"
    rf"(?P<era>{_ERA})|(?P<western>{_WESTERN})|(?P<english>(?<![A-Za-z]){_ENGLISH})"
    rf"|(?P<spaced>{_SPACED})|(?P<yearlast>{_YEAR_LAST})|(?P<british>{_BRITISH})"
    rf"|(?P<eracompact>{_ERA_COMPACT})|(?P<compact>{_COMPACT})|(?P<short>{_SHORT})"
    rf"|(?P<eracode>{_ERA_CODE})"
    r")(?![0-9])(?![./-][0-9])",
    re.IGNORECASE,
)
_MIDNIGHT = re.compile(r"(?<=[0-9日])[ T]00?:00(?::00(?:\.0+)?)?(?:Z|[+-]0[09]:?00)?$")
_WEEKDAY = re.compile(r"(?<=[0-9日])[ ]?\((?:[月火水木金土日]|[A-Z][a-z]{2})\)$")


@dataclass(frozen=True, slots=True, repr=False)
class Dated:
    """A date at characters ``start`` to ``end`` of a text; ``form`` names how it is written.

    ``overflow``: the day lies past the end of the era it is counted in.
    """

    start: int
    end: int
    day: date
    form: str
    overflow: bool = False


def dates(text: str) -> Iterator[Dated]:
    """Find the dates of a folded text; days that no calendar has are left out."""
    for match in _DATE.finditer(text):
        day = _day(match)
        if day:
            yield Dated(match.start(), match.end(), day, _form(match), _is_past_era(match, day))


def parse_date(value: str) -> date | None:
    """Read a folded value that is one date, with a midnight behind it or not."""
    return _iso_date(value) or _one_date(value)


def _iso_date(value: str) -> date | None:
    """Read ``1985-04-01``, as databases write it, in a tenth of the time that the pattern takes."""
    if len(value) != _ISO_LENGTH or value[:2] not in _CENTURIES or not value[4] == value[7] == "-":
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _one_date(value: str) -> date | None:
    match = _DATE.fullmatch(_WEEKDAY.sub("", _MIDNIGHT.sub("", value.strip())))
    return _day(match) if match else None


def _day(match: re.Match[str]) -> date | None:
    form = _form(match)
    try:
        return date(*_READERS[form](_parts(match, form)))
    except (KeyError, ValueError):  # 十十月 is no number, and April has no 31st
        return None


def _form(match: re.Match[str]) -> str:
    return next(name for name, text in match.groupdict().items() if text is not None)


def _parts(match: re.Match[str], form: str) -> list[str]:
    return [part for part in match.groups()[match.re.groupindex[form] :] if part is not None]


def _is_past_era(match: re.Match[str], day: date) -> bool:
    form = _form(match)
    if _READERS[form] is not _read_era:
        return False
    return day > _ENDS.get(_ERAS[_parts(match, form)[0][0].upper()], date.max)


def _read_era(parts: list[str]) -> tuple[int, int, int]:
    era, *numbers = parts
    year, month, day = map(_number, numbers)
    return _ERAS[era[0].upper()] + year, month, day


def _read_western(parts: list[str]) -> tuple[int, int, int]:
    year, month, day = map(_number, parts)
    return year, month, day


def _read_short(parts: list[str]) -> tuple[int, int, int]:
    year, month, day = int(parts[0]), int(parts[2]), int(parts[3])
    return (2000 if year < _PIVOT else 1900) + year, month, day


def _read_english(parts: list[str]) -> tuple[int, int, int]:
    return int(parts[2]), _MONTHS.index(parts[0][:3].lower()) + 1, int(parts[1])


def _read_year_last(parts: list[str]) -> tuple[int, int, int]:
    first, mark, second, year = int(parts[0]), parts[1], int(parts[2]), int(parts[3])
    month_first = mark == "/" and first <= len(_MONTHS)
    if month_first or second > len(_MONTHS):
        return year, first, second
    return year, second, first


def _read_british(parts: list[str]) -> tuple[int, int, int]:
    return _read_english([parts[1], parts[0], parts[2]])


_READERS = {
    "era": _read_era,
    "western": _read_western,
    "english": _read_english,
    "spaced": _read_western,
    "yearlast": _read_year_last,
    "british": _read_british,
    "eracompact": _read_era,
    "compact": _read_western,
    "short": _read_short,
    "eracode": _read_era,
}


def _number(text: str) -> int:
    """Read 23, 二十三, 一九八五, 元."""
    if text.isdecimal():
        return int(text)
    if "十" not in text:
        return int("".join(str(_DIGITS[char]) for char in text))
    tens, _, ones = text.partition("十")
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
