"""In a text: findings that lie on a number which is nobody's, and so are none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from scanners.finding import Entity
from scanners.normalize import Folded
from scanners.overlap import Spanned
from scanners.things.family import Thing
from scanners.things.patterns import PATTERNS, Pattern

#: What is no number, or has a shape that no number has.
_OTHER = frozenset(
    {
        *(Entity.PERSON, Entity.EMAIL_ADDRESS, Entity.JP_ADDRESS, Entity.GENDER, Entity.AGE),
        *(Entity.DATE_OF_BIRTH, Entity.CREDENTIAL, Entity.SPECIAL_CARE, Entity.BIOMETRIC),
        *(Entity.IP_ADDRESS, Entity.SUBJECT_KEY),
    }
)
S = TypeVar("S", bound=Spanned)


def things(text: str) -> list[Thing]:
    """Return the numbers in a folded text that are nobody's."""
    return [thing for pattern in PATTERNS for thing in _found(pattern, text)]


def somebodys(found: Iterable[S], folded: Folded, entity: Callable[[S], str]) -> list[S]:
    """Return the findings that don't lie on a number which is nobody's.

    ``entity`` names a finding's entity. One that reaches beyond the number (an e-mail address with
    a UUID before its ``@``) stays, and one that is believed more: a word names it.
    """
    all_ = list(found)
    if all(entity(one) in _OTHER for one in all_):
        return all_
    spans = [(thing.score, *folded.span(thing.start, thing.end)) for thing in things(folded.text)]
    if not spans:
        return all_
    return [one for one in all_ if entity(one) in _OTHER or not _lies_on(one, spans)]


def _found(pattern: Pattern, text: str) -> Iterator[Thing]:
    group = "it" if "it" in pattern.pattern.groupindex else 0
    for match in pattern.pattern.finditer(text):
        if pattern.check is None or pattern.check(match[group]):
            yield Thing(pattern.family, match.start(group), match.end(group), pattern.score)


def _lies_on(one: Spanned, spans: Iterable[tuple[float, int, int]]) -> bool:
    return any(
        one.start < end and start < one.end and not _exceeds(one, start, end) and one.score <= score
        for score, start, end in spans
    )


def _exceeds(one: Spanned, start: int, end: int) -> bool:
    """Tell whether a finding holds the number and more."""
    return one.start <= start and end <= one.end and one.end - one.start > end - start
