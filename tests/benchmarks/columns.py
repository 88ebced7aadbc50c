"""``python -m tests.benchmarks.columns``: what judged columns hold, beside the truth about them.

Hundreds of made-up tables of many kinds, each read three times: with headers as schemas have
them, without (``c1`` … ``cn``), and with its headers shuffled among its columns. Kinds and headers
are split in two halves by hash: rules are tuned on one (development), the figures that count are
the other's (held out). A column's truth are the entities its values are; its place counts as found
if the verdict names the entity. ``SUBJECT_KEY`` counts with true headers only: without a name
nothing tells a customer's number from an order's.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import NamedTuple

import pyarrow as pa
from rich.console import Console
from rich.table import Table as Shown

from scanners.belief import Belief, belief
from scanners.columns import judge
from scanners.evidence import Tally
from scanners.finding import Entity
from scanners.scan import Scanner
from scanners.verdict import Column, TableVerdict
from tests.benchmarks.column_headers import half, names
from tests.benchmarks.column_kinds import KINDS, NEGATIVES, Kind
from tests.benchmarks.column_people import people
from tests.benchmarks.column_values import ROLES, SILENT, Row

SEED = int(os.environ.get("COLUMNS_SEED", "11"))
#: Tables of each kind with somebody's data, and of each without.
EACH = int(os.environ.get("COLUMNS_EACH", "12"))
LAYOUTS = ("true headers", "c1…cn", "shuffled")
Truth = frozenset[Entity] | None


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """A made-up table: its columns in order, each with role, header, cells and truth.

    ``silent`` are columns whose values could be anything's without a header.
    """

    kind: Kind
    name: str
    roles: Sequence[str]
    headers: Sequence[str]
    cells: Sequence[pa.Array]
    truth: Sequence[Truth]
    silent: Sequence[bool]
    held_out: bool
    negative: bool

    def named(self, layout: str, draws: Random) -> Sequence[str]:
        """Return the headers of a layout."""
        if layout == "c1…cn":
            return [f"c{at}" for at in range(1, len(self.headers) + 1)]
        return (
            draws.sample(self.headers, len(self.headers)) if layout == "shuffled" else self.headers
        )


@dataclass(slots=True)
class Score:
    """Places of one entity: found, missed, wrong, and the columns they were."""

    found: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        """Share of the true places that were found."""
        return self.found / max(1, self.found + self.missed.total())

    @property
    def precision(self) -> float:
        """Share of the named places that are true."""
        return self.found / max(1, self.found + self.wrong.total())

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.found / max(1, 2 * self.found + self.missed.total() + self.wrong.total())


#: Without a name nothing tells a customer's number from an order's.
_UNTOLD = frozenset({Entity.SUBJECT_KEY})


class Measured(NamedTuple):
    """Scores by entity, and what was flagged in tables of nobody."""

    scores: Mapping[Entity, Score]
    flagged: Counter[str]


def tables(seed: int = SEED, each: int = EACH) -> Iterator[Made]:
    """Make every table up, the same for the same seed."""
    for negative, kinds in ((False, KINDS), (True, NEGATIVES)):
        for kind in kinds:
            for number in range(each):
                yield _made(kind, Random(f"{seed}/{kind.name}/{number}"), number, negative=negative)


def _made(kind: Kind, draws: Random, number: int, *, negative: bool) -> Made:
    held_out = half(kind.name)
    roles = [*kind.always, *(role for role in kind.some if draws.random() < 0.6)]
    if draws.random() < 0.3:
        draws.shuffle(roles)
    register = draws.choices((0, 1, 2), (5, 4, 1))[0]
    headers: list[str] = []
    for role in roles:
        options = names(role, register, held_out=held_out)
        header = draws.choice(options).format(s=kind.subject[register])
        headers.append(_unlike(header, headers, register, draws))
    size = draws.randint(40, 300)
    rows = list(_rows(size, draws, number))
    columns = [draws.choice(ROLES[role][1]) for role in roles]
    cells = [_array([make(row) for row in rows]) for make in columns]
    silent = [make in SILENT for make in columns]
    if "birth" not in roles:
        silent = [
            mute or _plain_age(role, column)
            for mute, role, column in zip(silent, roles, cells, strict=True)
        ]
    name = draws.choice((*kind.names, ""))
    return Made(
        kind,
        name,
        roles,
        headers,
        cells,
        [ROLES[role][0] for role in roles],
        silent,
        held_out,
        negative,
    )


def _plain_age(role: str, column: pa.Array) -> bool:
    """Tell whether a column is of ages written as mere numbers, which only births explain."""
    return role == "age" and str(column[0]).isdecimal()


def _unlike(header: str, others: Sequence[str], register: int, draws: Random) -> str:
    """Write a header as a system might, and unlike the others of its table."""
    written = header
    if register and draws.random() < 0.2:
        written = header.upper()
    elif register == 1 and draws.random() < 0.2:
        first, *rest = header.split("_")
        written = first + "".join(word.capitalize() for word in rest)
    return written if written not in others else f"{written}{len(others)}"


def _rows(size: int, draws: Random, number: int) -> Iterator[Row]:
    known = people(SEED + number % 3)
    staff = draws.sample(known, 12)
    for at, who in enumerate(draws.sample(known, size)):
        yield Row(at, who, draws.choice(known), draws.choice(staff), draws)


def _array(cells: Sequence[object]) -> pa.Array:
    return pa.array(cells, None if any(cell is not None for cell in cells) else pa.string())


def judged(table: Made, headers: Sequence[str]) -> TableVerdict:
    """Judge a table under some headers; only where they are true has it a name."""
    batch = pa.RecordBatch.from_arrays(list(table.cells), list(headers))
    name = table.name if headers is table.headers else ""
    return judge(batch, [Column(header) for header in headers], name)


def verdicts(made: Sequence[Made], layout: str) -> list[tuple[Sequence[str], TableVerdict]]:
    """Return the headers of each table in a layout, and how it was judged."""
    named = [
        table.named(layout, Random(f"{SEED}/{number}/{layout}"))
        for number, table in enumerate(made)
    ]
    return [(headers, judged(table, headers)) for table, headers in zip(made, named, strict=True)]


def measure(
    made: Sequence[Made],
    layout: str,
    said_of: Sequence[tuple[Sequence[str], TableVerdict]],
    *,
    strict: bool = False,
) -> Measured:
    """Score every entity in a layout; what is flagged in tables of nobody is counted apart.

    Without true headers columns that are silent don't count, unless ``strict``.
    """
    scores: dict[Entity, Score] = {}
    flagged: Counter[str] = Counter()
    for table, (headers, verdict) in zip(made, said_of, strict=True):
        for at, (role, header) in enumerate(zip(table.roles, headers, strict=True)):
            said = {one.entity for one in verdict.fields.get(header, ())}
            where = f"{table.kind.name}: {role} as {header}"
            if table.negative:
                flagged.update(f"{one} {where}" for one in said)
            truth = table.truth[at]
            if layout != LAYOUTS[0]:
                said.discard(Entity.SUBJECT_KEY)
                truth = None if table.silent[at] and not strict else truth
            if truth is not None:
                _count(scores, said, truth - _UNTOLD if layout != LAYOUTS[0] else truth, where)
    return Measured(scores, flagged)


def _count(
    scores: dict[Entity, Score], said: set[Entity], truth: frozenset[Entity], where: str
) -> None:
    for entity in said | truth:
        score = scores.setdefault(entity, Score())
        if entity in said & truth:
            score.found += 1
        elif entity in truth:
            score.missed[where] += 1
        else:
            score.wrong[where] += 1


def macro(scores: Mapping[Entity, Score]) -> float:
    """Mean F1 over the entities that there are."""
    there = [score.f1 for score in scores.values() if score.found or score.missed]
    return sum(there) / max(1, len(there))


def scanned(table: Made, headers: Sequence[str], verdict: TableVerdict) -> set[str]:
    """Return what a scan under the verdict finds and believes: ``header entity``."""
    batch = pa.RecordBatch.from_arrays(list(table.cells), list(headers))
    tally = Tally()
    tally.add(batch, _scanner().scan(batch, verdict))
    return {
        f"{field} {entity}"
        for field, entity, counts in tally
        if belief(counts, verdict.of(field, entity)) is not Belief.NOTHING
    }


@cache
def _scanner() -> Scanner:
    return Scanner()


def abouts(made: Sequence[Made]) -> tuple[float, Counter[str]]:
    """Share of tables with true headers whose subject is told rightly, and what was said else."""
    wrong: Counter[str] = Counter()
    told = [table for table in made if table.kind.about]
    for table in told:
        said = judged(table, table.headers).about
        if said is not table.kind.about:
            wrong[f"{table.kind.name} called {said}"] += 1
    return 1 - wrong.total() / max(1, len(told)), wrong


def main() -> None:
    """Make, judge, print."""
    made = list(tables())
    console = Console(width=200)
    for part, held_out in (("development", False), ("held out", True)):
        if ("--held-out" if part == "development" else "--dev") in sys.argv:
            continue
        chosen = [table for table in made if table.held_out is held_out]
        started = time.perf_counter()
        _show(console, part, chosen, verbose=not held_out or "--all" in sys.argv)
        console.print(f"{part}: {len(chosen)} tables, {time.perf_counter() - started:.0f} s")


def _show(console: Console, part: str, chosen: Sequence[Made], *, verbose: bool) -> None:
    judgements = {layout: verdicts(chosen, layout) for layout in LAYOUTS}
    results = {layout: measure(chosen, layout, judgements[layout]) for layout in LAYOUTS}
    shown = Shown(
        "entity",
        *(f"{what} {layout}" for layout in LAYOUTS for what in ("n", "P", "R", "F1")),
        title=part,
    )
    entities = [
        entity for entity in Entity if any(entity in scores for scores, _ in results.values())
    ]
    for entity in entities:
        cells = (_cells(scores.get(entity, Score())) for scores, _ in results.values())
        shown.add_row(entity.value, *(cell for four in cells for cell in four))
    console.print(shown)
    for layout, (scores, flagged) in results.items():
        every, _ = measure(chosen, layout, judgements[layout], strict=True)
        console.print(
            f"{part}, {layout}: macro F1 {macro(scores):.3f}"
            f" (with columns whose values say nothing: {macro(every):.3f});"
            f" flagged in tables of nobody {flagged.total()},"
            f" after a scan {_after_scan(chosen, judgements[layout])}"
        )
        if verbose:
            _worst(console, scores, flagged)
    share, wrong = abouts(chosen)
    console.print(
        f"{part}: about told rightly {share:.3f} {dict(wrong.most_common(8)) if verbose else ''}"
    )


def _after_scan(
    chosen: Sequence[Made], said_of: Sequence[tuple[Sequence[str], TableVerdict]]
) -> str:
    """Write how many fields of tables of nobody a scan flags, and a few of them."""
    found = [
        f"{table.kind.name}: {one}"
        for table, (headers, verdict) in zip(chosen, said_of, strict=True)
        if table.negative
        for one in sorted(scanned(table, headers, verdict))
    ]
    return f"{len(found)} {found[:8] or ''}"


def _cells(score: Score) -> tuple[str, ...]:
    places = score.found + score.missed.total()
    return f"{places}", f"{score.precision:.2f}", f"{score.recall:.2f}", f"{score.f1:.3f}"


def _worst(console: Console, scores: Mapping[Entity, Score], flagged: Counter[str]) -> None:
    for entity, score in scores.items():
        if score.missed:
            console.print(f"  {entity} missed {dict(score.missed.most_common(7))}", markup=False)
        if score.wrong:
            console.print(f"  {entity} wrong {dict(score.wrong.most_common(7))}", markup=False)
    if flagged:
        console.print(f"  flagged {dict(flagged.most_common(8))}", markup=False)


if __name__ == "__main__":
    main()
