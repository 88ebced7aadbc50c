"""How values are worded for people: numbers, times, sizes, reasons, in the reader's language.

Times are kept in UTC and shown in Japan's; numbers have thousands separators.
"""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from reports.holdings import HeldDataset
from reports.reasons import explained
from reports.words import Language, label, phrase, terms
from scanners.finding import Entity
from scanners.verdict import Evidence

NOTHING = "–"
_JAPAN = ZoneInfo("Asia/Tokyo")
_KILO = 1024
_LONG = 100_000
_STEPS: dict[Language, tuple[tuple[int, str], ...]] = {
    "ja": ((100_000_000, "億"), (10_000, "万")),
    "en": ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "k")),
}


def number(value: int | None) -> str:
    """Word a count.

    >>> number(1234567), number(None)
    ('1,234,567', '–')
    """
    return NOTHING if value is None else f"{value:,}"


def short_number(value: int, language: Language) -> str:
    """Word a count for a narrow cell: whole below 100,000, else three digits or so.

    >>> short_number(98_765, "ja"), short_number(1_234_567, "ja"), short_number(1_234_567, "en")
    ('98,765', '123万', '1.2M')
    """
    if value < _LONG:
        return f"{value:,}"
    step, unit = next(one for one in _STEPS[language] if value >= one[0])
    share = value / step
    return f"{share:.1f}{unit}" if share < 10 else f"{int(share):,}{unit}"  # noqa: PLR2004


def share(value: float | None) -> str:
    """Word a share between 0 and 1.

    >>> share(0.0034), share(0.25), share(None)
    ('0.34%', '25%', '–')
    """
    return NOTHING if value is None else f"{value * 100:.2g}%" if value < 1 else "100%"


def size(value: int | None) -> str:
    """Word a number of bytes.

    >>> size(734003200)
    '700.0 MB'
    """
    if value is None:
        return NOTHING
    amount = float(value)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < _KILO:
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= _KILO
    return f"{amount:,.1f} TB"


def minute(value: datetime | None) -> str:
    """Word a time in Japan, to the minute."""
    return NOTHING if value is None else japan(value).strftime("%Y-%m-%d %H:%M")


def day(value: datetime | None) -> str:
    """Word a day in Japan."""
    return NOTHING if value is None else japan(value).strftime("%Y-%m-%d")


def japan(value: datetime) -> datetime:
    """Return the same moment on a clock in Japan; a time without a zone is UTC."""
    aware = value if value.tzinfo else value.replace(tzinfo=ZoneInfo("UTC"))
    return aware.astimezone(_JAPAN)


def form(held: HeldDataset, language: Language) -> str:
    """Word what a dataset is: its kind, media type and encoding."""
    words = (label(held.kind, language), held.media_type, held.encoding)
    return " · ".join(word for word in words if word) or NOTHING


def period(text: str, language: Language) -> str:
    """Word a length of time as the settings write it; anything else stays as it is.

    >>> period("5y", "ja"), period("6m", "en"), period("退職後7年", "ja")
    ('5年', '6 months', '退職後7年')
    """
    match = re.fullmatch(r"(\d+)\s*([ymd])", text)
    return phrase(f"period.{match[2]}", language, count=match[1]) if match else text


def reason(evidence: Evidence, language: Language) -> str:
    """Word one piece of evidence.

    >>> reason(Evidence("check digit", "個人番号", 998, 1000), "ja")
    '検査用数字が一致（個人番号） 998／1,000'
    """
    words = _because(evidence, language)
    if evidence.count == evidence.of == 1:
        return words
    slash = "／" if language == "ja" else "/"
    return f"{words} {number(evidence.count)}{slash}{number(evidence.of)}"


def reason_found(why: str, language: Language = "ja") -> str:
    """Word one reason of a finding in a text; one that nobody has worded stays as it is.

    >>> reason_found("pattern"), reason_found("context 口座", "en"), reason_found("astrology")
    ('形式が一致', 'Words nearby “口座”', 'astrology')
    """
    if (term := f"evidence.bare.{why}") in terms():
        return phrase(term, language)
    by, _, detail = why.partition(" ")
    if by == "context":
        return phrase("evidence.context", language, detail=detail)
    return why


def _because(evidence: Evidence, language: Language) -> str:
    term = f"evidence.{evidence.by}" if evidence.detail else f"evidence.bare.{evidence.by}"
    if term not in terms():
        term = "evidence.other" if evidence.detail else "evidence.bare.other"
    return phrase(term, language, by=evidence.by, detail=_detail(evidence.detail, language))


def _detail(detail: str, language: Language) -> str:
    """Word what evidence names: an entity or several, a header, a sentence of a scanner."""
    if len(entities := detail.split(" ")) > 1 and set(entities) <= set(Entity):
        return ("・" if language == "ja" else ", ").join(label(one, language) for one in entities)
    return explained(label(detail, language), language)
