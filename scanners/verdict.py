"""What a table and its fields were judged to hold, with the evidence a reviewer sees.

A verdict is reached once per dataset from the head of its data and then guides the scan of every
batch; evidence is counted over distinct values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from scanners.finding import About, Entity, Role

#: Entities that only a person has; an e-mail address, a telephone or an account an office has too.
PERSONAL = frozenset(Entity) - {
    Entity.JP_BANK_ACCOUNT,
    Entity.IP_ADDRESS,
    Entity.CREDENTIAL,
    Entity.EMAIL_ADDRESS,
    Entity.PHONE_NUMBER,
    Entity.JP_ADDRESS,
    Entity.JP_POSTAL_CODE,
}
#: How far a finding in a field without a verdict of its own is believed.
_SEARCHED = 0.5


@dataclass(frozen=True, slots=True)
class Column:
    """What is told of a column beside its values: name, declared type, part of the primary key."""

    name: str
    type: str = ""
    key: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason: ``by`` (header, pattern, check digit, dictionary, neighbours, declared key),
    ``detail`` (the header word, the recognizer's name; never a value), ``count`` out of ``of``.
    """

    by: str
    detail: str
    count: int = 1
    of: int = 1


@dataclass(frozen=True, slots=True)
class FieldVerdict:
    """One entity that a field holds.

    ``whole`` means that a value as such is the entity (a column of names); otherwise values are
    searched one by one (a memo). ``score`` is between 0 and 1.
    """

    entity: Entity
    whole: bool
    score: float
    about: About
    role: Role
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class TableVerdict:
    """What a table is about, and what its fields hold; a field left out is searched as text.

    ``key`` is the field that stands for its persons (the declared primary key, or in files the
    column that is unique and named as a key), or ``None``. ``not_text`` are fields whose values
    need no search (floats, booleans, blobs); ``codes`` are fields of codes and numbers, of which
    only values that are more than a code are searched; ``labels`` are fields of names of things,
    where no person's name is looked for. ``labelled`` are fields whose values mean what another
    field of the same row says (書類 and 番号, 項目 and 値): each with that field. ``own`` are
    fields for contact data of the row's own person, of which one value may hold several (電話).
    ``things`` names for fields of numbers that are nobody's what they are.
    """

    about: About
    fields: Mapping[str, tuple[FieldVerdict, ...]]
    key: str | None = None
    not_text: frozenset[str] = frozenset()
    evidence: tuple[Evidence, ...] = ()
    codes: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    labelled: Mapping[str, str] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    things: Mapping[str, str] = field(default_factory=dict)
    #: The fields whose values of one row are together what the verdict on the last says.
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, name: str, entity: Entity) -> FieldVerdict:
        """Return the verdict on an entity in a field; what a search found is a mention.

        But where its row or header says what a value is, it says so of the row's own person; a name
        beside a telephone number is that of whoever answers it.
        """
        for verdict in self.fields.get(name, ()):
            if verdict.entity is entity:
                return verdict
        said = name in self.labelled or (name in self.own and entity is not Entity.PERSON)
        own = self.about is About.PERSON and said
        role = Role.SELF if own else Role.MENTION
        return FieldVerdict(entity, False, _SEARCHED, self._about_searched(entity), role)

    def _about_searched(self, entity: Entity) -> About:
        if entity in PERSONAL or self.about is About.PERSON:
            return About.PERSON
        return self.about if self.about is About.ORGANISATION else About.UNKNOWN


def join(verdicts: Sequence[TableVerdict]) -> TableVerdict:
    """Join the verdicts on parts of one dataset (the sheets of a workbook), at least one.

    What any part is about, in the order of ``About``, the whole is about; a field that several
    have is as the last says.
    """
    if len(verdicts) == 1:
        return verdicts[0]
    return replace(
        min(verdicts, key=lambda verdict: list(About).index(verdict.about)),
        fields={name: held for verdict in verdicts for name, held in verdict.fields.items()},
        not_text=frozenset().union(*(verdict.not_text for verdict in verdicts)),
        codes=frozenset().union(*(verdict.codes for verdict in verdicts)),
        labels=frozenset().union(*(verdict.labels for verdict in verdicts)),
        labelled={name: label for verdict in verdicts for name, label in verdict.labelled.items()},
        own=frozenset().union(*(verdict.own for verdict in verdicts)),
        things={name: thing for verdict in verdicts for name, thing in verdict.things.items()},
        joined={name: parts for verdict in verdicts for name, parts in verdict.joined.items()},
    )
