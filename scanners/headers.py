"""見出し (header): what the name of a column says that its values are, and whose.

``氏名``, ``customer_name``, ``kokyakuMei`` and ``名簿!氏名/姓`` announce a person's name;
``商品名``, ``store_name`` and ``登録日`` announce something else, and are believed as well. The
last word says what, the words before say whose; what stands in brackets is said before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scanners.finding import Entity
from scanners.words import WORDS, Sense

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
_SEAM = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BRACKETED = re.compile(r"[(\[<【〔「](.*?)[)\]>】〕」]")
_RUN = re.compile(r"[a-z]+|[^\x00-\x7f・、。＿：／]+")
_LONGEST = max(map(len, WORDS))
#: Shorter words are no part of a run of letters (``notice`` isn't ``no``), but for these.
_SHORT = {"id", "no", "cd", "nm", "en", "jp", "ja"}

Word = tuple[str, Sense | Entity | None]


@dataclass(frozen=True, slots=True)
class Heading:
    """What a name says. ``sure``: it says so outright; otherwise the values must say so too.

    ``what`` is the sense of the last word where that is no entity; ``whose`` is ``None`` where
    nobody is named. ``words`` are the words understood.
    """

    entity: Entity | None = None
    sure: bool = False
    what: Sense | None = None
    whose: Sense | None = None
    reading: bool = False
    words: tuple[str, ...] = ()

    @property
    def denies(self) -> bool:
        """Tell whether the name announces what is certainly no entity as such."""
        return self.entity is None and self.what not in (None, Sense.CONTACT, Sense.FREE)

    @property
    def mentions(self) -> bool:
        """Tell whether a word names somebody other than the record's own person."""
        return any(WORDS.get(word) is Sense.MENTION for word in self.words)

    @property
    def key(self) -> Sense | None:
        """Return whose key the column is, or ``None`` if it is no key or nobody's."""
        return self.whose if self.what is Sense.KEY else None


def read(name: str, more: Mapping[str, Entity] | None = None) -> Heading:
    """Read a header; ``more`` are words that recognizers know, and which go before ours."""
    known = {**WORDS, **(more or {})}
    words = [word for run in _runs(name) for word in run.words(known)]
    words = [word for word in words if word[1] is not Sense.SMALL]
    reading = any(sense is Sense.READING for _, sense in words)
    said = [word for word in words if word[1] is not Sense.READING]
    heading = _heading(said, reading=reading)
    understood = tuple(word for word, sense in words if sense is not None)
    return replace(heading, reading=reading, words=understood)


def _heading(words: Sequence[Word], *, reading: bool) -> Heading:
    if not words:
        return Heading(Entity.PERSON, what=Sense.READING) if reading else Heading()
    *before, (_, last) = words
    if last is None:
        return replace(_heading(before, reading=reading), sure=False) if before else Heading()
    if isinstance(last, Entity):
        return Heading(last, sure=True, whose=_whose(before))
    if reading and last in _WHOSE:
        return _named(words)
    return _sensed(before, last)


def _sensed(before: Sequence[Word], last: Sense) -> Heading:
    if last is Sense.NAME:
        return _named(before)
    if last is Sense.KEY:
        return _keyed(before)
    if last is Sense.BIRTH or (last is Sense.DATE and before and before[-1][1] is Sense.BIRTH):
        return Heading(Entity.DATE_OF_BIRTH, sure=last is Sense.DATE, whose=_whose(before))
    if last in {Sense.PERSON, Sense.STAFF, Sense.MENTION}:
        return Heading(Entity.PERSON, whose=_whose([*before, ("", last)]))
    return Heading(what=last, whose=_whose([*before, ("", last)]))


def _named(before: Sequence[Word]) -> Heading:
    whose = _whose(before)
    person = whose in PERSONS or (before and before[-1][1] is Entity.PERSON)
    if person or not before:
        return Heading(Entity.PERSON, sure=bool(person), whose=whose)
    if whose is None and before[-1][1] is None:
        return Heading(Entity.PERSON)
    return Heading(what=Sense.NAME, whose=whose)


def _keyed(before: Sequence[Word]) -> Heading:
    nearest = before[-1][1] if before else None
    if isinstance(nearest, Entity) and nearest in _NUMBERED:
        return Heading(nearest, sure=True, whose=_whose(before[:-1]))
    if nearest is Sense.PERSON or nearest is Sense.STAFF:
        return Heading(what=Sense.KEY, whose=nearest)
    return Heading(what=Sense.KEY, whose=_whose(before) if nearest in _WHOSE else None)


def _whose(words: Sequence[Word]) -> Sense | None:
    """Return the nearest sense of whose; a member who introduced somebody is a mention."""
    senses = [sense for _, sense in words if isinstance(sense, Sense) and sense in _WHOSE]
    nearest = senses[-1] if senses else None
    if nearest in {Sense.PERSON, Sense.STAFF} and Sense.MENTION in senses:
        return Sense.MENTION
    return nearest


@dataclass(frozen=True, slots=True)
class _Run:
    """Parts of a name that touch: words of Latin letters in a row, or Japanese characters."""

    parts: tuple[str, ...]

    def words(self, known: Mapping[str, Sense | Entity]) -> Iterator[Word]:
        return self._latin(known) if self.parts[0].isascii() else _cut(self.parts[0], known)

    def _latin(self, known: Mapping[str, Sense | Entity]) -> Iterator[Word]:
        """Join up to three parts into a word, the most first: ``date_of_birth``."""
        left = list(self.parts)
        while left:
            size = next((n for n in (3, 2, 1) if _singular("".join(left[:n]), known)), 0)
            joined = "".join(left[: size or 1])
            word = _singular(joined, known)
            yield from [(word, known[word])] if word else _covered(joined, known)
            del left[: size or 1]


def _singular(word: str, known: Mapping[str, Sense | Entity]) -> str:
    """Return the word as it is known, or "": ``customers`` is ``customer``."""
    forms = (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y")
    return next((form for form in forms if form in known), "")


def _runs(name: str) -> Iterator[_Run]:
    text = _SEAM.sub(" ", unicodedata.normalize("NFKC", name))
    inside = " ".join(_BRACKETED.findall(text))
    latin: list[str] = []
    for part in _RUN.findall(f"{inside} {_BRACKETED.sub(' ', text)}".lower()):
        if part.isascii():
            latin.append(part)
            continue
        if latin:
            yield _Run(tuple(latin))
            latin = []
        yield _Run((part,))
    if latin:
        yield _Run(tuple(latin))


def _cut(text: str, known: Mapping[str, Sense | Entity]) -> Iterator[Word]:
    """Cut Japanese from the left, longest word first; what is unknown stays together."""
    unknown, at = "", 0
    while at < len(text):
        sizes = range(min(_LONGEST, len(text) - at), 0, -1)
        size = next((n for n in sizes if text[at : at + n] in known), 0)
        if not size:
            unknown, at = unknown + text[at], at + 1
            continue
        if unknown:
            yield unknown, None
        unknown = ""
        yield text[at : at + size], known[text[at : at + size]]
        at += size
    if unknown:
        yield unknown, None


def _covered(text: str, known: Mapping[str, Sense | Entity]) -> list[Word]:
    """Cut letters that touch (``customername``) where known words cover them wholly."""
    best: dict[int, list[Word]] = {0: []}
    for end in range(1, len(text) + 1):
        for start in sorted(best):
            part = text[start:end]
            if part in known and (len(part) > 2 or part in _SHORT):  # noqa: PLR2004 - a short word
                best.setdefault(end, [*best[start], (part, known[part])])
    return best.get(len(text), [(text, None)])
