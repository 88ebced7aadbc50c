"""A profile: what tells two people apart, their birth date and full name, as tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from reports.record import Record
from reports.script import Part, Script
from reports.sought import Item
from scanners.finding import Entity

#: Scripts in which a full name is written in one order; Taro Yamada may be YAMADA Taro.
_ORDERED = (Script.KANJI, Script.KANA)
_NONE: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class Name:
    """Names in one script: whole ones, and family and given names that stand alone."""

    whole: frozenset[bytes] = _NONE
    family: frozenset[bytes] = _NONE
    given: frozenset[bytes] = _NONE

    def __bool__(self) -> bool:
        return bool(self.whole or self.family or self.given)

    def meets(self, other: Name) -> bool:
        """Tell whether a whole name, or family and given name together, are equal."""
        parts = bool(self.family & other.family) and bool(self.given & other.given)
        return parts or bool(self.whole & other.whole)

    def comparable(self, other: Name) -> bool:
        """Tell whether both are known in one form."""
        parts = bool(self.family and other.family) or bool(self.given and other.given)
        return parts or bool(self.whole and other.whole)

    def joined(self, other: Name) -> Name:
        """Return the names of both."""
        return Name(self.whole | other.whole, self.family | other.family, self.given | other.given)


@dataclass(frozen=True, slots=True)
class Profile:
    """Birth dates, and names by the script they are written in; several forms may be known."""

    births: frozenset[bytes] = _NONE
    names: dict[Script, Name] = field(default_factory=dict)

    def agrees_by_name(self, other: Profile) -> bool:
        """Tell whether a full name, or family and given name together, are equal."""
        return any(self._name(script).meets(other._name(script)) for script in Script)

    def renamed(self, other: Profile) -> bool:
        """Tell whether birth date and given name are equal: perhaps the family name changed."""
        return bool(self.births & other.births) and any(
            self._name(script).given & other._name(script).given for script in Script
        )

    def differs(self, other: Profile) -> bool:
        """Tell whether the two can't be one person as far as birth date and full name tell."""
        return self.differs_by_birth(other) or self.differs_by_name(other)

    def differs_by_birth(self, other: Profile) -> bool:
        """Tell whether both birth dates are known and none is the same."""
        return bool(self.births and other.births) and not self.births & other.births

    def differs_by_name(self, other: Profile) -> bool:
        """Tell whether full names in one script are known of both and none is the same."""
        if self.agrees_by_name(other) or self.renamed(other):
            return False
        return any(self._name(script).comparable(other._name(script)) for script in _ORDERED)

    def joined(self, other: Profile) -> Profile:
        """Return what both know, or this one alone where the other differs."""
        if self.differs(other):
            return self
        names = {script: self._name(script).joined(other._name(script)) for script in Script}
        return Profile(self.births | other.births, names)

    def _name(self, script: Script) -> Name:
        return self.names.get(script, _NAMELESS)


_NAMELESS = Name()


def profile_of(record: Record) -> Profile:
    """Return what a record says of its own person."""
    births = frozenset(cell.token for cell in record.own(Entity.DATE_OF_BIRTH))
    cells = record.own(Entity.PERSON)

    def tokens(script: Script, part: Part) -> frozenset[bytes]:
        mine = (cell for cell in cells if cell.field.script is script)
        return frozenset(cell.token for cell in mine if cell.field.part is part)

    return Profile(births, _names(tokens) if cells else {})


def profile_given(items: Iterable[Item]) -> Profile:
    """Return what the request says of its person."""
    said = list(items)
    births = frozenset(item.token for item in said if item.entity is Entity.DATE_OF_BIRTH)

    def tokens(script: Script, part: Part) -> frozenset[bytes]:
        mine = [item for item in said if item.script is script]
        if part is Part.WHOLE:
            return frozenset(item.token for item in mine)
        at = 0 if part is Part.FAMILY else 1
        return frozenset(item.parts[at] for item in mine if item.parts)

    return Profile(births, _names(tokens))


def _names(tokens: Callable[[Script, Part], frozenset[bytes]]) -> dict[Script, Name]:
    return {script: Name(*(tokens(script, part) for part in Part)) for script in Script}
