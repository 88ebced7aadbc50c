"""The declared keys of tables, from any dialect's catalogue through SQLAlchemy's inspector.

A *key* here is what names a row: the primary key, or where none is declared the first unique one
whose columns can't be null. A partial index, or one over expressions, names nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Inspector
from sqlalchemy.engine.interfaces import (
    ReflectedForeignKeyConstraint,
    ReflectedIndex,
    ReflectedPrimaryKeyConstraint,
)
from sqlalchemy.engine.reflection import ObjectKind

from connectors.place import ForeignKey
from connectors.sql import named


@dataclass(frozen=True, slots=True)
class Keys:
    """The declared keys of a table: the one that names its rows, and its references."""

    key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()


def keys(
    inspector: Inspector, schema: str, required: Mapping[str, Sequence[str]]
) -> dict[str, Keys]:
    """Ask the catalogue for the keys of a schema's tables, by table.

    ``required`` holds the columns of each table that can't be null, in their order: a unique key
    names rows only if it lies within them.
    """
    space = schema or None
    names = list(required)
    primary = inspector.get_multi_pk_constraint(space, names, ObjectKind.ANY)
    foreign = inspector.get_multi_foreign_keys(space, names, ObjectKind.ANY)
    unique = _unique(inspector, space, names)
    return {
        table: Keys(
            key=_primary(primary.get((space, table))) or _first(unique.get(table, ()), columns),
            foreign_keys=tuple(
                _reference(one, schema) for one in foreign.get((space, table)) or ()
            ),
        )
        for table, columns in required.items()
    }


def _unique(
    inspector: Inspector, space: str | None, names: Sequence[str]
) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    constraints = inspector.get_multi_unique_constraints(space, names, ObjectKind.ANY)
    for (_, table), declared in constraints.items():
        found.setdefault(table, []).extend(tuple(one["column_names"]) for one in declared)
    # SQLite's own indexes tell what parsing the schema's text may miss: VARCHAR(20) UNIQUE.
    multi = inspector.get_multi_indexes(space, names, ObjectKind.ANY, include_auto_indexes=True)
    for (_, table), indexes in multi.items():
        found.setdefault(table, []).extend(_covered(one) for one in indexes)
    return found


def _primary(declared: ReflectedPrimaryKeyConstraint | None) -> tuple[str, ...]:
    return tuple(declared["constrained_columns"]) if declared else ()


def _covered(index: ReflectedIndex) -> tuple[str, ...]:
    options = index.get("dialect_options") or {}
    partial = any(name.endswith("_where") for name in options)
    if not index["unique"] or partial or index.get("expressions"):
        return ()
    return tuple(name for name in index["column_names"] if name is not None)


def _first(candidates: Collection[tuple[str, ...]], columns: Sequence[str]) -> tuple[str, ...]:
    place = {column: number for number, column in enumerate(columns)}
    usable = [key for key in candidates if key and all(column in place for column in key)]
    return min(usable, key=lambda key: [place[column] for column in key], default=())


def _reference(declared: ReflectedForeignKeyConstraint, schema: str) -> ForeignKey:
    target = named(declared["referred_schema"] or schema, declared["referred_table"])
    fields = tuple(declared["constrained_columns"])
    rule = str((declared.get("options") or {}).get("ondelete") or "").lower()
    told = "" if rule == "no action" else rule
    return ForeignKey(fields, target, tuple(declared["referred_columns"]), told)
