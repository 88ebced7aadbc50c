"""個人識別符号 (identification codes) in sentences and in labelled columns: recall and precision.

Sentences, headers and decoys are this measure's own (``told/codes.yaml``), a part of them kept
apart: nobody is shown what is missed there. In sentences a code
must be found from end to end; the parts of an insurance code count as found where a finding lies on
one of them. A false finding is charged to the entity that it is called.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from scanners.finding import Entity, Finding
from scanners.presidio import find_in_text
from tests.benchmarks.accuracy.numbers import CODES, NOBODYS, PARTS, parts, value
from tests.benchmarks.accuracy.table import Cell, Figure, Table, least
from tests.benchmarks.accuracy.tabled import scanned, table

_BAR, _TIMES, _DECOYS, _ROWS = 0.99, 4, 20, 100
#: Characters of a sentence or header that are shown where it was missed.
_SHOWN = 30
#: Text, where the code stands, which it is.
Told: TypeAlias = tuple[str, int, int, Entity]


@dataclass(slots=True)
class Count:
    """Codes there are, found, and findings that are none; with what was missed or wrong."""

    true: int = 0
    hit: int = 0
    wrong: int = 0
    missed_at: Counter[str] = field(default_factory=Counter)
    wrong_at: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        """The share of the codes that was found."""
        return self.hit / self.true if self.true else 1.0

    @property
    def precision(self) -> float:
        """The share of what was found that is a code."""
        return self.hit / (self.hit + self.wrong) if self.hit + self.wrong else 1.0


Counts: TypeAlias = Mapping[Entity, Count]


def tables() -> Iterator[Table]:
    """Measure sentences, then columns: those kept apart, and those whose misses are shown."""
    title = "identification codes in sentences"
    yield _table(title, in_sentences("sentences_apart"), in_sentences("sentences"))
    title = "identification codes in labelled columns"
    yield _table(title, in_columns("headers_apart"), in_columns("headers"))


def in_sentences(part: str) -> Counts:
    """Fill every sentence of a part, and every decoy, and count."""
    counts = {entity: Count() for entity in CODES}
    for text, start, end, entity in sentences(part):
        _count(counts, find_in_text(text), (start, end, entity), _shape(text, start, end))
    for text, template in decoys():
        _count(counts, find_in_text(text), None, template)
    return counts


def in_columns(part: str) -> Counts:
    """Scan a table for every header of a part, and count its cells."""
    counts = {entity: Count() for entity in (*CODES, Entity.BIOMETRIC)}
    chance = random.Random(f"columns {part}")
    for entity in counts:
        for header in told()["codes"][entity.value][part]:
            _count_table(counts, entity, header, chance)
    return counts


def sentences(part: str) -> Iterator[Told]:
    """Yield every sentence with a code in it; those of one code alone aren't kept apart."""
    chance = random.Random(f"sentences {part}")
    for entity in CODES:
        said = told()["codes"][entity.value]
        for at, template in enumerate(told()[part] * _TIMES):
            yield _fill(template, said["labels"][at % len(said["labels"])], entity, chance)
        if part != "sentences":
            continue
        english = said.get("english", ())
        for at, template in enumerate(told()["english"] * _TIMES if english else ()):
            yield _fill(template, english[at % len(english)], entity, chance)
        for template in said["own"] * _TIMES:
            yield _fill(template, "", entity, chance)


def decoys() -> Iterator[tuple[str, str]]:
    """Yield sentences without a code, each with its template."""
    chance = random.Random(47)
    for template in told()["decoys"] * _DECOYS:
        yield re.sub(r"\{(\w+)\}", lambda slot: NOBODYS[slot[1]](chance), template), template


@cache
def told() -> Any:
    """Return labels, headers and sentences."""
    path = Path(__file__).parent / "told" / "codes.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _fill(template: str, label: str, entity: Entity, chance: random.Random) -> Told:
    before, _, behind = template.replace("{l}", label).partition("{v}")
    code = value(entity, chance)
    return before + code + behind, len(before), len(before) + len(code), entity


def _count(
    counts: Counts, found: Sequence[Finding], code: tuple[int, int, Entity] | None, where: str
) -> None:
    hit = False
    for one in found:
        if one.entity in counts:
            right = code is not None and _is(one, *code)
            hit |= right
            if not right:
                counts[one.entity].wrong += 1
                counts[one.entity].wrong_at[where] += 1
    if code:
        counts[code[2]].true += 1
        counts[code[2]].hit += hit
        counts[code[2]].missed_at[where] += not hit


def _is(found: Finding, start: int, end: int, entity: Entity) -> bool:
    if entity in PARTS:
        return found.entity is entity and found.start < end and start < found.end
    return (found.entity, found.start, found.end) == (entity, start, end)


def _count_table(
    counts: Counts, entity: Entity, header: str | Sequence[str], chance: random.Random
) -> None:
    headers = [header] if isinstance(header, str) else list(header)
    rows = [_row(entity, chance) for _ in range(_ROWS)]
    columns = dict(zip(headers, zip(*rows, strict=True), strict=False))
    held = set()
    for hit in scanned(table({**_beside(chance), **columns})):
        if hit.field in columns and hit.entity is entity:
            held.add(hit.row)
        elif hit.entity in counts:
            counts[hit.entity].wrong += 1
            counts[hit.entity].wrong_at[f"{hit.field} ({headers[-1]})"] += 1
    count = counts[entity]
    count.true += _ROWS
    count.hit += len(held)
    count.missed_at["+".join(headers)] += _ROWS - len(held)


def _row(entity: Entity, chance: random.Random) -> tuple[object, ...]:
    if entity is Entity.BIOMETRIC:
        return ([chance.gauss(0, 1) for _ in range(128)],)
    return parts(entity, chance) if entity in PARTS else (value(entity, chance),)


def _beside(chance: random.Random) -> dict[str, list[str]]:
    """Return columns of numbers that are nobody's."""
    kinds = {
        "No": "d4",
        "受注番号": "d12",
        "JANコード": "jan",
        "法人番号": "corporate",
        "更新日時": "stamp",
        "管理コード": "d11",
    }
    return {name: [NOBODYS[kind](chance) for _ in range(_ROWS)] for name, kind in kinds.items()}


def _table(title: str, apart: Counts, shown: Counts) -> Table:
    columns = (
        "entity",
        "codes",
        "recall",
        "precision",
        "shown: recall",
        "precision",
        "missed most at",
        "wrong most at",
    )
    rows = [[entity.value, *_figures(count, shown[entity])] for entity, count in apart.items()]
    rows.append(["all", *_figures(_sum(apart), _sum(shown))])
    notes = ["Bars hold for what is kept apart; of the rest is shown where it fails."]
    return Table(title, columns, rows, notes)


def _figures(apart: Count, shown: Count) -> list[Cell]:
    figures = least(apart.recall, _BAR), least(apart.precision, _BAR)
    others = Figure(shown.recall), Figure(shown.precision)
    return [apart.true, *figures, *others, _top(shown.missed_at), _top(shown.wrong_at)]


def _sum(counts: Counts) -> Count:
    each = counts.values()
    return Count(*(sum(getattr(one, name) for one in each) for name in ("true", "hit", "wrong")))


def _top(counted: Counter[str]) -> str:
    most = [(where, number) for where, number in counted.most_common(2) if number]
    return "; ".join(f"{number} {where[:_SHOWN]}" for where, number in most)


def _shape(text: str, start: int, end: int) -> str:
    return f"{text[:start][-_SHOWN // 2 :]}…{text[end:]}".replace("\n", " ")
