"""Which datasets must be read again, and why: chosen by the evidence that was kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flows.replay.known import Known
from flows.seen import Found, treated
from reports.kind import kind
from scanners.belief import Belief, belief
from scanners.finding import Entity, Role
from scanners.replay import needs
from scanners.verdict import TableVerdict
from scanners.versions import COUNTING, JUDGING


def changed(then: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """Return which recognizers are other than they were (``changed``, ``new``), by entity."""
    return {
        name: "changed" if name in then else "new"
        for name, version in now.items()
        if name != JUDGING and then.get(name) != version
    }


def concerned(known: Known, other: Mapping[str, str]) -> str:
    """Say why changed recognizers ask for a dataset to be read again; "" if they don't."""
    seen = _seen(known)
    asking = [name for name, how in other.items() if how == "new" or name in seen]
    if COUNTING in other and known.seen.heads:
        asking.append(COUNTING)
    return ", ".join(f"{name} {other[name]}" for name in sorted(set(asking)))


def lacking(known: Known, verdict: TableVerdict | None) -> str:
    """Say why a verdict asks for a dataset to be read again; "" if what was kept is enough."""
    if verdict is None:
        return ""
    if _personal_key(known, verdict):
        return "records to be sealed"
    fields = [name for name in known.seen.treatments if _lacks(known, name, verdict)]
    names = ("…" if name in known.sealed.fields else name for name in fields)
    return f"tokens of {', '.join(names)}" if fields else ""


def held_as(found: Found, field: str, verdict: TableVerdict) -> Entity | None:
    """Return what a found entity is under a verdict; ``None`` if it isn't looked for any more.

    A value's token stays what it was, so an entity can only become one that is compared alike.
    """
    closed = treated(verdict, field).closed
    whole = [one.entity for one in verdict.fields.get(field, ()) if one.whole]
    if found.entity in whole:
        return found.entity
    if "not_text" in closed:
        return None
    if found.whole is None:
        unnamed = found.entity is Entity.PERSON and "labels" in closed
        return None if unnamed else found.entity
    return next((one for one in whole if kind(one) == kind(found.entity)), None)


def _lacks(known: Known, field: str, verdict: TableVerdict) -> bool:
    old, new = known.seen.treatments[field], treated(verdict, field)
    found = known.seen.found.get(field, ())
    if needs(old, new):
        return True
    if "codes" in set(new.closed) - set(old.closed) and found:
        return True  # what stands in bare codes can't be told from the rest
    if _meet(found, field, verdict):
        return True  # nor can what was counted and located apart be told as one
    return any(_believed(one, field, verdict).exceeds(one.belief) for one in found)


def _meet(found: Sequence[Found], field: str, verdict: TableVerdict) -> bool:
    """Tell whether entities that were told apart in a field are the same now."""
    believed = (one for one in found if one.belief is not Belief.NOTHING)
    held = [entity for one in believed if (entity := held_as(one, field, verdict))]
    return len(held) > len(set(held))


def _believed(found: Found, field: str, verdict: TableVerdict) -> Belief:
    entity = held_as(found, field, verdict)
    return belief(found.counts, verdict.of(field, entity)) if entity else Belief.NOTHING


def _seen(known: Known) -> set[str]:
    """Return the entities of which anything was seen in a dataset, or in its names."""
    return {*_counted(known), *_rated(known)}


def _counted(known: Known) -> Iterator[str]:
    for found in known.seen.found.values():
        yield from (one.entity.value for one in found if one.counts.hits)


def _rated(known: Known) -> Iterator[str]:
    for column in known.seen.columns:
        yield from (entity.value for entity, rate in column.rates.items() if rate.fits)


def _personal_key(known: Known, verdict: TableVerdict) -> bool:
    """Tell whether the primary key has become more than an opaque key, so that records tell it."""
    keys = known.dataset.primary_key
    now = any(
        one.role is Role.SELF and one.entity is not Entity.SUBJECT_KEY
        for key in keys
        for one in verdict.fields.get(key, ())
    )
    return now and not any(
        row["role"] == Role.SELF and row["entity"] != Entity.SUBJECT_KEY
        for row in known.fields
        if row["field"] in keys
    )
