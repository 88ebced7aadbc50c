"""One row of an SQL store changed, within a transaction that somebody else ends.

A change is refused by raising :class:`No`; what the server refuses, it says itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection

from connectors.change import Action, Change, Outcome, Receipt, Why
from connectors.sql import Table
from connectors.sql_blank import Column, columns, nothing
from connectors.sql_dialect import Cause, Dialect
from connectors.sql_fetch import Row, version
from connectors.sql_references import referrers

_CHANGED = Cause(Why.CHANGED, "The record isn't as it was fetched: fetch it again.")
_KEPT = Cause(Why.BY_HAND, "A rule or trigger of the table does otherwise: do it by hand.")
_KEY = Cause(Why.BY_HAND, "The field is of the key that names the record: do it by hand.")
_COMPUTED = Cause(Why.BY_HAND, "The field is computed from others: change those.")
_NO_FIELD = Cause(Why.NO_FIELD, "The table has no such field: scan again.")


class No(Exception):
    """A change that is refused."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(cause.sentence)
        self.cause = cause


@dataclass(frozen=True, slots=True, repr=False)
class Step:
    """A change and the row it is for."""

    change: Change
    row: Row


class Changer:
    """Changes rows; ``tables`` are all that the account can see, by dataset."""

    def __init__(
        self, connection: Connection, dialect: Dialect, tables: Mapping[str, Table], key: bytes
    ) -> None:
        self._connection, self._dialect, self._tables, self._key = connection, dialect, tables, key
        self._columns = cache(lambda dataset: columns(connection, tables[dataset]))

    def erase(self, step: Step) -> Receipt:
        """Delete a row that is as it was fetched."""
        if step.row.version != step.change.version:
            raise No(_CHANGED)
        if self._dialect.delete(self._connection, step.row.table, step.row.condition) != 1:
            raise No(_KEPT)
        return _receipt(step, None, self._dialect.leftover)

    def update(self, step: Step) -> Receipt:
        """Write new values; where that changes nothing, they had been written before."""
        row, values = step.row, dict(self._values(step))
        if held := self.referrers(step, values):
            raise No(referenced(held))
        found = self._dialect.update(self._connection, row.table, row.condition, values)
        if len(found) != 1:
            raise No(_KEPT)
        after = version(self._dialect.batch(row.table, found), self._key)
        if step.row.version not in (after, step.change.version):
            raise No(_CHANGED)
        return _receipt(step, after, self._dialect.leftover)

    def referrers(self, step: Step, fields: Collection[str] = ()) -> list[str]:
        """Return the datasets that refer to the row, or to some of its fields."""
        return referrers(self._connection, self._dialect, self._tables, step.row, fields)

    def _values(self, step: Step) -> Iterator[tuple[str, object]]:
        table = step.row.table
        known = self._columns(table.dataset)
        for field, text in step.change.values.items():
            if field not in known or all(field != one.name for one in table.fields):
                raise No(_NO_FIELD)
            if field in table.key:
                raise No(_KEY)
            if known[field].computed:
                raise No(_COMPUTED)
            chosen = self._chosen(step.change, known[field], text)
            value = None if chosen is None else self._dialect.value(table, field, chosen)
            if isinstance(value, Cause):
                raise No(value)
            yield field, value

    def _chosen(self, change: Change, column: Column, text: str | None) -> str | None:
        if text is not None or change.action is Action.CORRECT:
            return text
        found = nothing(column, change.record, self._key)
        if isinstance(found, Cause):
            raise No(found)
        return found


def referenced(datasets: Collection[str]) -> Cause:
    """Say what refers to a row."""
    names = ", ".join(sorted(datasets))
    return Cause(Why.REFERENCED, f"Rows of {names} refer to it: change those first, or with it.")


def _receipt(step: Step, after: str | None, leftover: str) -> Receipt:
    change = step.change
    outcome = Outcome.ALREADY if after == step.row.version else Outcome.DONE
    said = leftover if outcome is Outcome.DONE else ""
    return Receipt(
        "", change.dataset, change.record, change.action, outcome, step.row.version, after, said
    )
