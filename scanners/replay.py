"""再判定 (replay): a verdict reached again from stored profiles, and what must be read for it.

A changed threshold, weight or header rule changes verdicts, and needs nothing of the source but
where a field is now something of which no token was made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scanners.columns import verdict
from scanners.finding import Entity
from scanners.profile import Profile
from scanners.recognizers.registry import recognizer
from scanners.rules import RULES, Rules
from scanners.verdict import TableVerdict


def replay(profiles: Sequence[Profile], rules: Rules = RULES, name: str = "") -> TableVerdict:
    """Judge a table again from its columns' profiles, in its order, and its name."""
    return verdict(profiles, name, rules)


@dataclass(frozen=True, slots=True)
class Treatment:
    """How a scan treats a field: what its values are compared as, and what isn't searched.

    ``kinds`` are kinds of tokens made of whole values. ``closed`` says why values aren't searched,
    or not for names: ``not_text``, ``codes``, ``labels``. ``beside`` are the columns read with it:
    its label, or the parts of one code. Small enough to keep for every field, as
    ``json.dumps(asdict(treatment))``; the names in ``beside`` are sealed as any name is.
    """

    kinds: tuple[str, ...]
    closed: tuple[str, ...]
    beside: tuple[str, ...]


def treatment(judged: TableVerdict, name: str) -> Treatment:
    """Return how a scan under a verdict treats a field."""
    held = (one.entity for one in judged.fields.get(name, ()) if one.whole)
    closed = {"not_text": judged.not_text, "codes": judged.codes, "labels": judged.labels}
    label = (judged.labelled[name],) if name in judged.labelled else ()
    return Treatment(
        kinds=tuple(sorted({_kind(entity) for entity in held})),
        closed=tuple(reason for reason, fields in closed.items() if name in fields),
        beside=(*label, *judged.joined.get(name, ())),
    )


def needs(old: Treatment, new: Treatment) -> bool:
    """Tell whether a field that was treated so must be read again to be treated otherwise.

    It must if it is now an entity of another kind, or if its values are now searched and weren't:
    because they were something, or only a code, a number or a label. Whom a field is about, whose
    it is and how sure that is needs no reading.
    """
    before, after = set(old.kinds), set(new.kinds)
    if after - before or new.beside != old.beside:
        return True
    if "not_text" in new.closed:
        return False
    opened = set(old.closed) - set(new.closed)
    return bool(before - after) or (bool(opened) and not after)


def _kind(entity: Entity) -> str:
    return "key" if entity is Entity.SUBJECT_KEY else recognizer(entity).KIND
