"""A table of figures; a figure may have a bar, and says whether it is met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

#: A bar is kept at or above its value, or at or below it.
LEAST, MOST = "≥", "≤"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value, with the bar it is held to if there is one."""

    value: float
    sense: str = ""
    bar: float | None = None
    digits: int = 3
    unit: str = ""

    @property
    def met(self) -> bool | None:
        """Tell whether the bar is met; ``None`` where there is none.

        >>> Figure(0.9, LEAST, 0.87).met, Figure(0.9, MOST, 0.87).met, Figure(0.9).met
        (True, False, None)
        """
        if self.bar is None:
            return None
        return self.value >= self.bar if self.sense == LEAST else self.value <= self.bar

    def __str__(self) -> str:
        value = f"{self.value:,.{self.digits}f}{self.unit}"
        if self.bar is None:
            return value
        return f"{value} {'✓' if self.met else '✗'} {self.sense} {self.bar:g}{self.unit}"


Cell: TypeAlias = str | int | Figure | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns, and what has to be said of them."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()

    def json(self) -> dict[str, object]:
        """Return the table as JSON holds it."""
        rows = [[_json(cell) for cell in row] for row in self.rows]
        columns, notes = list(self.columns), list(self.notes)
        return {"title": self.title, "columns": columns, "rows": rows, "notes": notes}

    @classmethod
    def of(cls, said: dict[str, Any]) -> Table:
        """Read a table from JSON."""
        rows = [[_cell(cell) for cell in row] for row in said["rows"]]
        return cls(said["title"], said["columns"], rows, said["notes"])


def least(value: float, bar: float, digits: int = 3) -> Figure:
    """Return a figure that should be at least ``bar``."""
    return Figure(value, LEAST, bar, digits)


def most(value: float, bar: float, digits: int = 3) -> Figure:
    """Return a figure that should be at most ``bar``."""
    return Figure(value, MOST, bar, digits)


def shown(cell: Cell) -> str:
    """Write a cell for people."""
    if cell is None:
        return ""
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _json(cell: Cell) -> object:
    if not isinstance(cell, Figure):
        return cell
    said: dict[str, object] = {"value": round(cell.value, 6), "digits": cell.digits}
    if cell.bar is not None:
        said |= {"sense": cell.sense, "bar": cell.bar, "met": cell.met}
    return said | ({"unit": cell.unit} if cell.unit else {})


def _cell(said: Any) -> Cell:
    if not isinstance(said, dict):
        return said  # type: ignore[no-any-return]  # JSON: a string, a number or null
    kept = {name: value for name, value in said.items() if name != "met"}
    return Figure(**kept)
