"""A table: its columns as declared, and its rows as a function of the population."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flows.demo.mark import Cell
from flows.demo.population import Population

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``refers_to`` is the table and column it has a declared foreign key to.

    A ``decoy`` looks personal and isn't; an ``organisation``'s value is no person's.
    """

    name: str
    type: str
    refers_to: tuple[str, str] | None = None
    decoy: bool = False
    organisation: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``people`` where its primary key stands for people."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Population], Iterator[Row]]
    primary_key: tuple[str, ...] = ()
    people: bool = False

    def ddl(self, schema: str = "") -> str:
        """Return the statement that creates it."""
        lines = [_declared(column, schema) for column in self.columns]
        if self.primary_key:
            lines.append(f"PRIMARY KEY ({', '.join(self.primary_key)})")
        inside = ",\n  ".join(lines)
        return f"CREATE TABLE {_in(schema, self.name)} (\n  {inside}\n)"


def whole(name: str, *, refers_to: tuple[str, str] | None = None) -> Column:
    """Declare a column of integers."""
    return Column(name, "INTEGER", refers_to)


def words(name: str, *, decoy: bool = False, organisation: bool = False) -> Column:
    """Declare a column of text."""
    return Column(name, "TEXT", None, decoy, organisation)


def day(name: str) -> Column:
    """Declare a column of dates."""
    return Column(name, "DATE")


def moment(name: str) -> Column:
    """Declare a column of times without a zone."""
    return Column(name, "TIMESTAMP")


def _declared(column: Column, schema: str) -> str:
    text = f"{column.name} {column.type}"
    if column.refers_to:
        table, key = column.refers_to
        text += f" REFERENCES {_in(schema, table)} ({key})"
    return text


def _in(schema: str, table: str) -> str:
    return f"{schema}.{table}" if schema else table
