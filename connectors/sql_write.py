"""Changing rows of an SQL store: all of a plan's changes of a database in one transaction.

Rows are found and locked, compared with what was fetched, changed, counted, and left uncommitted
until :meth:`SqlWork.commit`. They are erased in rounds, each taking those that nothing refers to
any more, so that children go before parents; what is then left over is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from hashlib import blake2b

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from connectors.base import Work
from connectors.change import (
    Action,
    Change,
    Count,
    Intent,
    Outcome,
    Receipt,
    Refusal,
    Why,
)
from connectors.errors import Refused
from connectors.sql import Table
from connectors.sql_change import Changer, No, Step, referenced
from connectors.sql_dialect import Cause, Dialect, relation
from connectors.sql_fetch import Row, located

# Never "gone", which would prove an erasure: a table may only be hidden from this account.
NO_TABLE = Cause(Why.NO_RIGHT, "This account sees no such table: let it, or scan again.")
VIEW = Cause(Why.BY_HAND, "Rows can't be changed here: change them in the tables that it shows.")
_TAKEN = Cause(Why.BY_HAND, "More or fewer rows went than were named (a trigger): do it by hand.")


class _Stop(Exception):
    """A refusal after which the transaction takes no more statements."""


def refusals(dataset: str, records: Iterable[str], cause: Cause) -> list[Refusal]:
    """Refuse records of a dataset alike."""
    return [Refusal(dataset, one, cause.why, cause.sentence) for one in records]


class SqlWork(Work):
    """Changes of one database, done but for the commit; if one is refused, none is done."""

    def __init__(
        self, connection: Connection, dialect: Dialect, tables: Mapping[str, Table], key: bytes
    ) -> None:
        self.intents: tuple[Intent, ...] = ()
        self.refused: tuple[Refusal, ...] = ()
        self._connection, self._dialect, self._tables, self._key = connection, dialect, tables, key
        self._changer = Changer(connection, dialect, tables, key)
        self._receipts: list[Receipt] = []

    def prepared(self, changes: Sequence[Change], known: Sequence[Intent] = ()) -> SqlWork:
        """Do all but the last step; ``known`` are the intents of an earlier try."""
        before = self._digest((one.dataset, one.record, one.version) for one in changes)
        again = any(one.before == before for one in known)
        counts: tuple[Count, ...] = ()
        try:
            counts = self._changed(self._named(changes), self._steps(changes, again=again))
            self._dialect.settle(self._connection)
        except DBAPIError as error:
            self._refuse(changes, self._dialect.cause(error))
        except _Stop:
            pass
        if self.refused:
            self._connection.rollback()
            return self
        after = self._digest((one.dataset, one.record, one.after or "") for one in self._receipts)
        self.intents = (Intent("", before, after, counts),)
        return self

    def commit(self, *, purge: bool = False) -> list[Receipt]:
        """End the transaction and tidy up behind it."""
        if self.refused:
            return []
        try:
            self._connection.commit()
        except DBAPIError as error:
            raise Refused(self._dialect.cause(error).sentence) from None
        self._dialect.committed(self._connection, purge=purge)
        return self._receipts

    def _steps(self, changes: Sequence[Change], *, again: bool) -> list[Step]:
        """Find the rows; what is gone is done already, if it was to go or an intent says so."""
        found = {(one.dataset, one.record): one for one in self._rows(changes)}
        steps = []
        for change in changes:
            row = found[change.dataset, change.record]
            if not isinstance(row, Refusal):
                steps.append(Step(change, row))
            elif row.why is Why.GONE and (change.action is Action.ERASE or again):
                self._receipts.append(_gone(change))
            else:
                self.refused += (row,)
        return steps

    def _rows(self, changes: Sequence[Change]) -> Iterator[Row | Refusal]:
        for dataset in dict.fromkeys(one.dataset for one in changes):
            table = self._tables.get(dataset)
            records = [one.record for one in changes if one.dataset == dataset]
            no = self._dialect.obstacle(self._connection, table) if table else NO_TABLE
            if table is None or no:
                yield from refusals(dataset, records, no or NO_TABLE)
            else:
                yield from located(self._connection, self._dialect, table, records, self._key)

    def _named(self, changes: Sequence[Change]) -> dict[str, Table]:
        names = dict.fromkeys(one.dataset for one in changes)
        return {one: self._tables[one] for one in names if one in self._tables}

    def _changed(self, tables: Mapping[str, Table], steps: Sequence[Step]) -> tuple[Count, ...]:
        """Change all rows; return how many there then are."""
        before = {name: self._count(table) for name, table in tables.items()}
        erased = [one for one in steps if one.change.action is Action.ERASE]
        for step in steps:
            if step.change.action is not Action.ERASE:
                self._try(step, self._changer.update)
        self._erase(erased)
        return tuple(self._balance(tables[name], before[name], steps) for name in tables)

    def _erase(self, steps: Sequence[Step]) -> None:
        """Erase in rounds what nothing refers to, until nothing more goes."""
        while steps:
            held = [(one, self._changer.referrers(one)) for one in steps]
            for step in (one for one, by in held if not by):
                self._try(step, self._changer.erase)
            if all(by for _, by in held):
                for step, by in held:
                    self._refuse([step.change], referenced(by))
                return
            steps = [one for one, by in held if by]

    def _try(self, step: Step, act: Callable[[Step], Receipt]) -> None:
        keep = self._connection.begin_nested if self._dialect.savepoints else nullcontext
        try:
            with keep():
                self._receipts.append(act(step))
        except No as no:
            self._refuse([step.change], no.cause)
        except DBAPIError as error:
            self._refuse([step.change], self._dialect.cause(error))
            if not self._dialect.savepoints:
                raise _Stop from error

    def _balance(self, table: Table, before: int, steps: Sequence[Step]) -> Count:
        """Count again: what triggers took along, or put back, would show here."""
        after = self._count(table)
        mine = [one for one in steps if one.row.table is table]
        erased = [one for one in mine if one.change.action is Action.ERASE]
        if before - after != len(erased) and not self.refused:
            self._refuse([one.change for one in erased or mine], _TAKEN)
        target = len(mine) - len(erased)
        return Count(table.dataset, after, target, after - target)

    def _count(self, table: Table) -> int:
        query = select(func.count()).select_from(relation(table))
        return self._connection.execute(query).scalar_one()

    def _refuse(self, changes: Iterable[Change], cause: Cause) -> None:
        self.refused += tuple(
            Refusal(one.dataset, one.record, cause.why, cause.sentence) for one in changes
        )

    def _digest(self, versions: Iterable[tuple[str, str, str]]) -> str:
        text = "\0".join("\0".join(one) for one in sorted(versions))
        return blake2b(text.encode(), digest_size=16, key=self._key).hexdigest()


def _gone(change: Change) -> Receipt:
    return Receipt(
        "", change.dataset, change.record, change.action, Outcome.ALREADY, change.version, None
    )
