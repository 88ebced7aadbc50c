"""見出し (header): what the name of a column says that its values are, and whose.

``氏名``, ``customer_name``, ``kokyakuMei`` and ``名簿!氏名/姓`` announce a person's name;
``商品名``, ``store_name`` and ``登録日`` announce something else, and are believed as well. The
last word says what, the words before say whose; what stands in brackets is said before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scanners.cutting import Known, Word, cut
from scanners.finding import Entity
from scanners.grouped import grouped
from scanners.sense import Sense
from scanners.words import WORDS

#: Senses that say whose a value is.
_WHOSE = {
    Sense.PERSON,
    Sense.STAFF,
    Sense.MENTION,
    Sense.ORGANISATION,
    Sense.THING,
    Sense.UNIT,
    Sense.CONTACT,
}
#: Those whose name is the name of a person; a 連絡先 has one too.
PERSONS = {Sense.PERSON, Sense.STAFF, Sense.MENTION, Sense.CONTACT}
#: Entities that are numbers, so that a number of theirs is nothing else: ``tel_no``.
_NUMBERED = set(Entity) - {
    Entity.PERSON,
    Entity.JP_ADDRESS,
    Entity.EMAIL_ADDRESS,
    Entity.AGE,
    Entity.DATE_OF_BIRTH,
    Entity.SUBJECT_KEY,
}


#: What may be said behind an entity that it still is: 性別区分, ``sex_type``, ``age_years``.
_STILL: Mapping[Sense | Entity | None, set[Sense]] = {
    Entity.GENDER: {Sense.THING, Sense.NAME, Sense.OTHER},
    Entity.AGE: {Sense.DATE, Sense.AMOUNT},
    Entity.CREDENTIAL: {Sense.OTHER, Sense.OPAQUE},
}
#: What has a number is no password: ``pass_no`` may be a passport's.
_PASSES = {"pass"}
#: How a day may be written, said behind what day it is: ``birthdate_ymd``.
_WRITTEN = {"ymd", "dt", "date", "年月日", "日付", "日", "年", "月", "year", "month", "day"}
#: ``age_at_entry``, ``name_of_customer``: what stands behind says whose, as if it stood before.
_BEHIND = {"of", "at", "in", "for"}


@dataclass(frozen=True, slots=True)
class Heading:
    """What a name says. ``sure``: it says so outright; otherwise the values must say so too.

    ``what`` is the sense of the last word where that is no entity; ``whose`` is ``None`` where
    nobody is named. ``reading``: of how the thing is read; ``bare``: nothing but a word for a key.
    ``words`` are the words understood; ``partial``: others are not.
    """

    entity: Entity | None = None
    sure: bool = False
    what: Sense | None = None
    whose: Sense | None = None
    reading: bool = False
    bare: bool = False
    words: tuple[str, ...] = ()
    partial: bool = False

    @property
    def denies(self) -> bool:
        """Tell whether the name announces what is certainly no entity as such.

        A number of what nobody understands (``ind_number``) may be anything's.
        """
        if self.entity or (self.partial and self.what is Sense.KEY and self.whose is None):
            return False
        return self.what not in (None, Sense.CONTACT, Sense.FREE)

    @property
    def mentions(self) -> bool:
        """Tell whether a word names somebody other than the record's own person."""
        return any(WORDS.get(word) is Sense.MENTION for word in self.words)

    @property
    def key(self) -> Sense | None:
        """Return whose key the column is, or ``None`` if it is no key or nobody's."""
        return self.whose if self.what is Sense.KEY else None


#: A column without a header, whatever its sheet is called, as we and other programs number them.
_UNNAMED = re.compile(r"(?:.*!)?(?:_?c(?:ol)?[0-9]+|[FV][0-9]+|Unnamed: [0-9]+|[A-Z])")


def read(name: str, known: Known = WORDS) -> Heading:
    """Read a header by the words that are ``known``."""
    if _UNNAMED.fullmatch(name):
        return Heading()
    words = [word for word in _turned(list(cut(name, known))) if word[1] is not Sense.SMALL]
    reading = any(sense is Sense.READING for _, sense in words)
    said = [word for word in grouped(name, known) or words if word[1] is not Sense.READING]
    heading = _heading(said, reading=reading)
    understood = tuple(word for word, sense in words if sense is not None)
    partial = len(understood) < len(words)
    return replace(heading, reading=reading, words=understood, partial=partial)


def _turned(words: list[Word]) -> list[Word]:
    """Put first what stands behind a preposition, but for ``created_at``."""
    inner = (at for at in range(1, len(words) - 1) if words[at][0] in _BEHIND)
    at = next(inner, None)
    return words if at is None else [*words[at + 1 :], *words[:at]]


def _heading(words: Sequence[Word], *, reading: bool) -> Heading:
    if not words:
        return Heading(Entity.PERSON, what=Sense.READING) if reading else Heading()
    *before, (word, last) = words
    if before and before[-1][1] is Entity.DATE_OF_BIRTH and word in _WRITTEN:
        return _heading(before, reading=reading)
    if last is None:
        return replace(_heading(before, reading=reading), sure=False) if before else Heading()
    if isinstance(last, Entity):
        return Heading(last, sure=True, whose=_whose(before))
    if reading and last in _WHOSE:
        return _named(words)
    return _sensed(before, last)


def _sensed(before: Sequence[Word], last: Sense) -> Heading:
    nearest = before[-1][1] if before else None
    if last is Sense.VALUE or last in _STILL.get(nearest, ()):
        return _heading(before, reading=False)
    if last in _READ:
        return _READ[last](before)
    if last is Sense.BIRTH or (last is Sense.DATE and nearest is Sense.BIRTH):
        dated = Sense.DATE in {last, nearest}
        return Heading(Entity.DATE_OF_BIRTH, sure=dated, whose=_whose(before))
    if last in {Sense.PERSON, Sense.STAFF, Sense.MENTION}:
        return Heading(Entity.PERSON, whose=_whose([*before, ("", last)]))
    return Heading(what=last, whose=_whose([*before, ("", last)]))


def _secret(before: Sequence[Word]) -> Heading:
    """A hash of nothing or of a user may be a password's, that of a file is no secret."""
    whose = _whose(before)
    if before and before[-1][1] not in {Sense.PERSON, Sense.STAFF}:
        return Heading(what=Sense.OTHER, whose=whose)
    return Heading(Entity.CREDENTIAL, what=Sense.OPAQUE, whose=whose)


def _named(before: Sequence[Word]) -> Heading:
    before = [word for word in before if word[1] is not Sense.NAME]
    whose = _whose(before)
    person = whose in PERSONS or (before and before[-1][1] is Entity.PERSON)
    if person or not before:
        return Heading(Entity.PERSON, sure=bool(person), whose=whose)
    if whose is None and before[-1][1] is None:
        return Heading(Entity.PERSON)
    return Heading(what=Sense.NAME, whose=whose)


def _keyed(before: Sequence[Word]) -> Heading:
    nearest = before[-1][1] if before else None
    if before and before[-1][0] in _PASSES:
        return Heading(Entity.JP_PASSPORT, what=Sense.KEY, whose=_whose(before))
    if isinstance(nearest, Entity) and nearest in _NUMBERED:
        return Heading(nearest, sure=True, whose=_whose(before[:-1]))
    if nearest is Sense.CONTACT:
        return Heading(Entity.PHONE_NUMBER, sure=True, whose=_whose(before[:-1]))
    if nearest is Sense.PERSON or nearest is Sense.STAFF:
        return Heading(what=Sense.KEY, whose=nearest)
    whose = _whose(before) if nearest in _WHOSE else None
    return Heading(what=Sense.KEY, whose=whose, bare=not before)


#: How the words before a last one are read that says nothing without them.
_READ = {Sense.NAME: _named, Sense.KEY: _keyed, Sense.OPAQUE: _secret}


def _whose(words: Sequence[Word]) -> Sense | None:
    """Return the nearest sense of whose; a member who introduced somebody is a mention."""
    senses = [sense for _, sense in words if isinstance(sense, Sense) and sense in _WHOSE]
    nearest = senses[-1] if senses else None
    if nearest in {Sense.PERSON, Sense.STAFF} and Sense.MENTION in senses:
        return Sense.MENTION
    return nearest
