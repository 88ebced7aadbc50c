"""What a scan saw of a dataset's columns, as the inventory keeps it for a replay: no value.

A row of ``profiles`` is a column of a head with its profile, what its tokens were made for (its
treatment) and the counts of what was found in it, believed or not; a field that no head has stands
without a profile. Names are kept as names of places are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from flows.contents import Row
from scanners.belief import Belief, Counts
from scanners.errors import UnknownFormat
from scanners.finding import Entity
from scanners.profile import Profile
from scanners.replay import Treatment, treatment
from scanners.stored import from_json, to_json
from scanners.verdict import TableVerdict

if TYPE_CHECKING:
    from flows.plan import Heads, Surveyed

#: How a name is kept: given it and whether it is personal.
Keep = Callable[[str, bool], str]
_COUNTS = ("cells", "hits", "bare", "dummies")


@dataclass(frozen=True, slots=True)
class Found:
    """One entity in one field: what was counted, and which of it was believed and so located.

    ``whole`` is the verdict's score where values as such are the entity, ``None`` where it was
    searched for.
    """

    entity: Entity
    counts: Counts
    belief: Belief
    whole: float | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Seen:
    """The heads of a dataset, and by field its treatment and what was found in it."""

    heads: Heads = ()
    treatments: Mapping[str, Treatment] = field(default_factory=dict)
    found: Mapping[str, tuple[Found, ...]] = field(default_factory=dict)

    @property
    def columns(self) -> Iterator[Profile]:
        """The profiles of all columns."""
        return (column for head in self.heads for column in head)

    def treated(self, verdict: TableVerdict | None) -> Seen:
        """Return the same, treated under another verdict."""
        fields = dict.fromkeys([*(one.column.name for one in self.columns), *self.found])
        return replace(self, treatments={name: treated(verdict, name) for name in fields})


#: Of a field that no verdict spoke of.
_UNTREATED = Treatment((), (), ())


def treated(verdict: TableVerdict | None, field: str) -> Treatment:
    """Return how a scan treats a field, also where nothing was judged."""
    return treatment(verdict, field) if verdict else _UNTREATED


def rows(seen: Seen, surveyed: Surveyed, keep: Keep) -> Iterator[Row]:
    """Yield the rows of the table ``profiles`` for one dataset, head by head in their order."""
    for number, head in enumerate(seen.heads):
        for column in head:
            told = _row(seen, column.column.name, surveyed, keep)
            yield {**told, "head": number, "profile": to_json(column)}
    others = dict.fromkeys(seen.found).keys() - {one.column.name for one in seen.columns}
    for name in sorted(others):
        yield {**_row(seen, name, surveyed, keep), "head": None, "profile": None}


def seen_in(kept: Iterable[Row], unseal: Callable[[str], str]) -> Seen:
    """Read one dataset's rows; ``UnknownFormat`` if its profiles are of another format."""
    heads: dict[int, list[Profile]] = {}
    treatments: dict[str, Treatment] = {}
    found: dict[str, tuple[Found, ...]] = {}
    for row in kept:
        name = unseal(str(row["field"]))
        treatments[name], found[name] = _treatment(row, unseal), _found(row)
        if isinstance(row["head"], int):
            heads.setdefault(row["head"], []).append(from_json(str(row["profile"]), name))
    return Seen([heads[number] for number in sorted(heads)], treatments, found)


def _row(seen: Seen, field: str, surveyed: Surveyed, keep: Keep) -> Row:
    personal = surveyed.sealed.fields
    treatment_ = seen.treatments.get(field, _UNTREATED)
    beside = tuple(keep(name, name in personal) for name in treatment_.beside)
    return {
        "dataset": keep(surveyed.name, surveyed.sealed.dataset),
        "field": keep(field, field in personal),
        "treatment": json.dumps(asdict(replace(treatment_, beside=beside)), ensure_ascii=False),
        "found": [_counted(one) for one in seen.found.get(field, ())],
    }


def _counted(found: Found) -> Row:
    counts = {name: getattr(found.counts, name) for name in _COUNTS}
    sure = found.counts.of(Belief.SURE).hits
    told = {"whole": found.whole, "belief": found.belief.value}
    return {"entity": found.entity.value, **counts, "sure": sure, **told}


def _treatment(row: Row, unseal: Callable[[str], str]) -> Treatment:
    kept = json.loads(str(row["treatment"]))
    beside = tuple(map(unseal, kept["beside"]))
    return Treatment(tuple(kept["kinds"]), tuple(kept["closed"]), beside)


def _found(row: Row) -> tuple[Found, ...]:
    listed = row["found"]
    return tuple(map(_one, listed)) if isinstance(listed, list) else ()


def _one(row: Mapping[str, object]) -> Found:
    if "belief" not in row:
        raise UnknownFormat("What was counted is of another format: scan it again.")
    counts = Counts(**{name: row[name] for name in _COUNTS})  # type: ignore[arg-type]  # as typed
    counts.sure = Counts(hits=sure) if isinstance(sure := row["sure"], int) and sure else None
    whole = row["whole"] if isinstance(row["whole"], float) else None
    return Found(Entity(str(row["entity"])), counts, Belief(row["belief"]), whole)
