"""保険者番号 (insurer number): the number of who insures, one part of what identifies an insured.

Eight digits for employees' schemes and the elderly (law 2, prefecture 2, insurer 3, check digit),
six for a municipality's health or care insurance (昭和51年8月7日保発45号; 昭49年9月20日
保険発104号). The check digit is that of Luhn over the whole number. By 政令1条 and 規則4条 a code
is insurer, symbol and number *together* (ガイドラインQ&A, https://www.ppc.go.jp/all_faq_index/faq3-q2-3/).
"""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator, Sequence
from typing import ClassVar

from spacy.tokens import Doc
from stdnum import luhn

from scanners.context import Nearby
from scanners.finding import Finding
from scanners.normalize import Folded, fold
from scanners.recognizers.digits import digits
from scanners.recognizers.numbered import GLUE, Numbered

#: What may stand between values without labels.
SEPARATOR = r"[ \t]{0,9}[-‐‑‒–—―−─ー/,、・|:;\s][ \t]{0,9}"
#: Words for the insurer's number; 被保険者番号 holds one of them and is the insured's.
INSURER_LABEL = (
    r"(?:(?<!被)保険者(?:等)?(?:の)?(?:番号|no\.?|コード|cd|id|ナンバー|№)?"
    r"|(?<!hi)hoken(?:sha|ja)[ _-]?(?:bango|no|num|cd|code)?u?\.?"
    r"|insurer(?:'?s)?[ _-]?(?:identification )?(?:number|num|no\.?|id|code)?"
    r"|insurance (?:carrier|provider)(?:'?s)? (?:number|no\.?|id|code))"
)
_INSURERS = re.compile(rf"(?i:{INSURER_LABEL}){GLUE}\Z")
#: How far apart two parts may stand.
REACH = 200
Span = tuple[int, int]
_PREFECTURES = range(1, 48)
_LONG, _SHORT = 8, 6


def insurer(text: str) -> str:
    """Return the verified number of an insurer, or "" if it is none.

    An integer that lost its first zero gets it back.

    >>> insurer("01130012"), insurer("1130012"), insurer("63503"), insurer("01130013")
    ('01130012', '01130012', '063503', '')
    """
    number = digits(text)
    number = number.zfill(len(number) + len(number) % 2)
    return number if len(number) in {_LONG, _SHORT} and luhn.is_valid(number) else ""


def care_insurer(text: str) -> str:
    """Return the number of a municipality as insurer of care, or ""; no check digit is known.

    >>> care_insurer("131011"), care_insurer("11011"), care_insurer("991011")
    ('131011', '011011', '')
    """
    number = digits(text).zfill(_SHORT)
    return number if len(number) == _SHORT and int(number[:2]) in _PREFECTURES else ""


def is_elderly(number: str) -> bool:
    """Tell whether an insurer's number is one of a 広域連合; six digits with 39 are of Kochi."""
    return len(number) == _LONG and number.startswith("39")


def labelled(insurer_: str) -> re.Pattern[str]:
    """Return how the number of an insurer stands behind its label."""
    return re.compile(rf"(?i:{INSURER_LABEL}{GLUE})(?P<insurer>{insurer_})(?![0-9])")


def both(insurer_: str, number: str) -> re.Pattern[str]:
    """Return how the numbers of insurer and insured stand in one value, either one first."""
    between = rf"(?![0-9]).{{1,{2 * REACH}}}?(?<![0-9])"
    return re.compile(
        rf"(?s:(?P<insurer>{insurer_}){between}(?P<number>{number})"
        rf"|(?P<first>{number}){between}(?P<behind>{insurer_}))"
    )


class Insured(Numbered):
    """Finds the number of an insured, and with it that of the insurer where it stands near.

    A number alone is a person's and is told, but believed less: the code is both together, and its
    normal form ``131011-0000123456``.
    """

    #: The insurer's number in a text, behind its label.
    INSURER: ClassVar[re.Pattern[str]]
    #: The insurer's number directly before that of the insured, without a label.
    BEFORE: ClassVar[re.Pattern[str]]
    #: Both, however written, and nothing else but labels between.
    BOTH: ClassVar[re.Pattern[str]]
    ALONE: ClassVar[float] = 0.6

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find numbers that a word nearby names, joined with the insurer's where there is one."""
        insurers = self._insurers(folded.text)
        for match in self.NUMBER.finditer(folded.text):
            near = self._named(folded.text, match, insurers)
            if not near:
                continue
            evidence = ("pattern", f"context {near.word}")
            partner = self._partner(folded.text, match.span(), insurers)
            if partner:
                start, end = min(match.start(), partner[0]), max(match.end(), partner[1])
                yield self._found(folded, start, end, 0.95, *evidence, "insurer number")
            else:
                start, end = match.span()
                yield self._found(folded, start, end, self.ALONE, *evidence, "no insurer")

    def is_insurer(self, text: str) -> bool:
        """Tell whether a number is one of such an insurer."""
        return bool(insurer(text))

    def fits(self, value: str) -> bool:
        """Tell whether the value is such a number, alone or behind that of its insurer."""
        return super().fits(value) or self._both(value.strip()) is not None

    def knows(self, value: str) -> bool:
        """Tell whether the value is both numbers."""
        return self._both(value.strip()) is not None

    def normal(self, text: str) -> str:
        """Return insurer and number joined by a hyphen, or the number alone."""
        value = fold(text).text.strip()
        both = self._both(value)
        return "-".join(both) if both else self.number(value)

    def number(self, value: str) -> str:
        """Return the normal form of the insured's number alone."""
        return digits(value).zfill(self.LENGTH)

    def _both(self, value: str) -> tuple[str, str] | None:
        match = self.BOTH.fullmatch(value)
        if not match:
            return None
        who = match["insurer"] or match["behind"]
        number = match["number"] or match["first"]
        return (digits(who), self.number(number)) if self.is_insurer(who) else None

    def _insurers(self, text: str) -> list[Span]:
        found = (match.span("insurer") for match in self.INSURER.finditer(text))
        return [span for span in found if self.is_insurer(text[slice(*span)])]

    def _named(self, text: str, match: re.Match[str], insurers: list[Span]) -> Nearby | None:
        """Return the word that names a number, unless the number is another thing."""
        start, end = match.span()
        if not disjoint(insurers, start, end):
            return None
        if self._doubtful(text, start, match[0]) and not self._before(text, start):
            return None
        if _INSURERS.search(text, max(0, start - 40), start):
            return None
        return self._near(text, start, end)

    def _partner(self, text: str, span: Span, insurers: list[Span]) -> Span | None:
        """Return where the insurer's number stands, and take it."""
        before = self._before(text, span[0])
        if before:
            return _take(insurers, before)
        first = bisect(insurers, (span[0] - 2 * REACH, 0))
        last = bisect(insurers, (span[1] + REACH, 0))
        near = [one for one in insurers[first:last] if _between(one, span) <= REACH]
        if not near:
            return None
        return _take(insurers, min(near, key=lambda one: _between(one, span)))

    def _before(self, text: str, start: int) -> Span | None:
        """Return where the insurer's number stands directly before, without a label."""
        before = self.BEFORE.search(text, max(0, start - 16), start)
        insurer_ = before and self.is_insurer(before["insurer"])
        return before.span("insurer") if before and insurer_ else None


def disjoint(spans: Sequence[Span], start: int, end: int) -> bool:
    """Tell whether none of some spans, in order, shares a character with ``[start, end)``."""
    at = bisect(spans, (start, end))
    before = at == 0 or spans[at - 1][1] <= start
    return before and (at == len(spans) or spans[at][0] >= end)


def _between(one: Span, other: Span) -> int:
    return max(other[0] - one[1], one[0] - other[1])


def _take(spans: list[Span], span: Span) -> Span:
    at = bisect_left(spans, span)
    if spans[at : at + 1] == [span]:
        del spans[at]
    return span
