"""What a replay changed: each field that holds something else than it did, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flows.contents import Row
from flows.job import Job
from flows.replay.known import Known

#: Why a field changed whose dataset was not read.
JUDGED = "judged anew"


@dataclass(frozen=True, slots=True, order=True)
class Verdict:
    """What is said of one entity in a field."""

    entity: str
    about: str
    role: str
    score: float

    def __str__(self) -> str:
        return f"{self.entity} {self.score:.2f} ({self.about}, {self.role})"


@dataclass(frozen=True, slots=True)
class Change:
    """A field before and after; names as kept."""

    dataset: str
    field: str
    before: tuple[Verdict, ...]
    after: tuple[Verdict, ...]
    why: str


def changes(job: Job, known: Mapping[str, Known], again: Mapping[str, str]) -> Iterator[Change]:
    """Yield the fields that changed, in the order of their names."""
    before = _told(row for one in known.values() for row in one.fields)
    after = _told(job.contents.fields)
    reasons = {str(known[name].row["dataset"]): why for name, why in again.items()}
    for place in sorted(before.keys() | after.keys()):
        was, now = before.get(place, ()), after.get(place, ())
        if was != now:
            yield Change(*place, was, now, reasons.get(place[0], JUDGED))


def _told(rows: Iterable[Row]) -> dict[tuple[str, str], tuple[Verdict, ...]]:
    found: dict[tuple[str, str], tuple[Verdict, ...]] = {}
    for row in rows:
        place = (str(row["dataset"]), str(row["field"]))
        score = round(float(str(row["score"])), 3)
        told = Verdict(str(row["entity"]), str(row["about"]), str(row["role"]), score)
        found[place] = tuple(sorted((*found.get(place, ()), told)))
    return found
