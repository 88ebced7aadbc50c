"""データ地図 (data map): which source, or dataset, holds which kind of personal data, and how much.

A heat map as data; the site draws it as HTML, the command line as a table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rich.markup import escape
from rich.table import Table

from reports.holdings import HeldDataset, Holding
from reports.weight import Weight, in_order, is_grave, weigh
from reports.words import Language, label

_Name = TypeVar("_Name", bound=Hashable)
#: More sources than this don't fit beside each other in a terminal.
_ACROSS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """How many fields hold an entity, in how many datasets, at how many places (hits)."""

    fields: int = 0
    datasets: int = 0
    places: int = 0

    @property
    def level(self) -> int:
        """Return the heat from 0 (nothing) to 6 (100,000 places or more), a step a digit."""
        return min(len(str(max(self.places, 1))), 6) if self.fields else 0


@dataclass(frozen=True, slots=True)
class Row(Generic[_Name]):
    """One line of the map: a cell for each entity of the map, and all of them together."""

    name: _Name
    weight: Weight
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True)
class DataMap(Generic[_Name]):
    """Rows by name, columns by entity in the order of the care they need."""

    entities: tuple[str, ...]
    rows: tuple[Row[_Name], ...]
    totals: tuple[Cell, ...]
    total: Cell

    @property
    def grave(self) -> int:
        """How many columns, from the left, hold what weighs as much as a card or more."""
        return sum(is_grave(entity) for entity in self.entities)


def by_source(held: Sequence[HeldDataset], sources: Iterable[str] = ()) -> DataMap[str]:
    """Draw the map with a row for every source, those named in ``sources`` even if empty."""
    rows: dict[str, list[HeldDataset]] = {name: [] for name in sources}
    for one in held:
        rows.setdefault(one.source, []).append(one)
    return _map(rows)


def by_dataset(held: Sequence[HeldDataset]) -> DataMap[tuple[str, str]]:
    """Draw the map with a row for every dataset that holds something."""
    return _map({one.key: [one] for one in held if one.counted})


def as_table(
    heat: DataMap[_Name], language: Language = "ja", show: Callable[[_Name], str] = str
) -> Table:
    """Return the map as a table for the terminal: kinds down, sources across while they fit."""
    across = len(heat.rows) <= _ACROSS
    return _matrix(heat, language, show) if across else _listing(heat, language, show)


def _matrix(heat: DataMap[_Name], language: Language, show: Callable[[_Name], str]) -> Table:
    table = Table(title=label("map.title", language), show_footer=True)
    table.add_column(label("entity", language), label("map.total", language), no_wrap=True)
    for row in heat.rows:
        table.add_column(escape(show(row.name)), f"{row.total.places:,}", justify="right")
    table.add_column(label("map.total", language), f"{heat.total.places:,}", justify="right")
    for number, (entity, total) in enumerate(zip(heat.entities, heat.totals, strict=True)):
        cells = (row.cells[number] for row in heat.rows)
        style = "red" if is_grave(entity) else ""
        table.add_row(label(entity, language), *map(_printed, (*cells, total)), style=style)
    return table


def _listing(heat: DataMap[_Name], language: Language, show: Callable[[_Name], str]) -> Table:
    table = Table(title=label("map.title", language), show_lines=True)
    table.add_column(label("source", language), overflow="fold")
    table.add_column(label("entity", language), overflow="fold")
    for row in heat.rows:
        found = zip(heat.entities, row.cells, strict=True)
        words = [f"{label(one, language)} {cell.places:,}" for one, cell in found if cell.fields]
        table.add_row(escape(show(row.name)), " · ".join(words) or "·")
    return table


def _map(rows: dict[_Name, list[HeldDataset]]) -> DataMap[_Name]:
    entities = in_order(entity for held in rows.values() for one in held for entity in one.entities)
    everything = [one for held in rows.values() for one in held]
    totals = _cells(everything)
    return DataMap(
        entities=entities,
        rows=tuple(_row(name, held, entities) for name, held in rows.items()),
        totals=tuple(totals.get(entity, Cell()) for entity in entities),
        total=_sum(everything),
    )


def _row(name: _Name, held: list[HeldDataset], entities: tuple[str, ...]) -> Row[_Name]:
    cells = _cells(held)
    weight = max((one.weight for one in held), default=weigh(()))
    return Row(name, weight, tuple(cells.get(entity, Cell()) for entity in entities), _sum(held))


def _cells(held: Iterable[HeldDataset]) -> dict[str, Cell]:
    found: dict[str, list[tuple[HeldDataset, Holding]]] = defaultdict(list)
    for dataset in held:
        for field in dataset.counted:
            found[field.entity].append((dataset, field))
    return {entity: _cell(pairs) for entity, pairs in found.items()}


def _sum(held: Iterable[HeldDataset]) -> Cell:
    return _cell([(dataset, field) for dataset in held for field in dataset.counted])


def _cell(pairs: Sequence[tuple[HeldDataset, Holding]]) -> Cell:
    return Cell(
        fields=len({(dataset.key, field.field) for dataset, field in pairs}),
        datasets=len({dataset.key for dataset, _ in pairs}),
        places=sum(field.hits for _, field in pairs),
    )


def _printed(cell: Cell) -> str:
    return f"{cell.places:,}" if cell.fields else "·"
