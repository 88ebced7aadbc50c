"""A table in a dump: what is declared of it, and where its rows lie."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from connectors.place import Field, ForeignKey
from connectors.readers.header import numbered_names
from connectors.readers.sql_create import Declared
from connectors.readers.sql_grammar import PATH, USE, names

#: So many stretches of rows are kept apart; the last one goes on to the table's last row.
_MOST_STRETCHES = 1000
#: To pass over so many bytes takes no longer than to open the dump at another place.
_NEAR = 1 << 18


@dataclass(slots=True)
class Stretch:
    """A part of a dump that holds rows of a table, and maybe others' in between.

    ``scope`` is what holds where it starts.
    """

    start: int
    end: int
    scope: Scope


@dataclass(slots=True)
class DumpTable:
    """A table as far as it has been met; ``broken`` says what is wrong with its rows."""

    name: str
    fields: tuple[Field, ...] = ()
    computed: frozenset[str] = frozenset()
    key: tuple[str, ...] = ()
    references: tuple[ForeignKey, ...] = ()
    stretches: list[Stretch] = field(default_factory=list)
    broken: str = ""

    def declare(self, told: Declared, scope: Scope) -> None:
        """Add what a statement declares."""
        self.fields = _told_apart(told.fields) or self.fields
        self.computed = told.computed or self.computed
        self.key = told.key or self.key
        self.references += tuple(one.to(scope.named(one.table)) for one in told.references)

    def meet(self, start: int, end: int, scope: Scope, last: str) -> None:
        """Note where rows lie; ``last`` is the table whose rows came before."""
        own = self.stretches[-1] if self.stretches else None
        is_full = len(self.stretches) >= _MOST_STRETCHES
        if own and (last == self.name or is_full or start - own.end < _NEAR):
            own.end = end
        else:
            self.stretches.append(Stretch(start, end, scope))

    def columns(self, named: bytes | None, width: int) -> list[str]:
        """Name the columns of rows of a width, whose statement may name them."""
        own = list(names(named)) if named else [one.name for one in self.fields]
        if not named and len(own) > width:
            own = [one for one in own if one not in self.computed]
        beyond = (f"c{at}" for at in range(len(own) + 1, width + 1))
        return list(numbered_names([*own[:width], *beyond]))


def _told_apart(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Number columns of one name: a dump written by hand may declare such, and goes on."""
    names = numbered_names(one.name for one in fields)
    return tuple(replace(one, name=name) for one, name in zip(fields, names, strict=True))


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds where a dump has come to: the database in use and the schema of bare names."""

    database: str = ""
    schema: str = ""
    has_schemas: bool = False

    def after(self, statement: bytes) -> Scope:
        """Return what holds after a statement."""
        if found := USE.match(statement):
            return Scope(names(found[1])[0], "", found[0].lstrip().startswith(b"\\"))
        if found := PATH.match(statement):
            return replace(self, schema=names(found[1])[0])
        return self

    def named(self, table: tuple[str, ...]) -> str:
        """Return the full name of a table.

        >>> Scope("crm").named(("customers",)), Scope(schema="public").named(("customers",))
        ('crm.customers', 'public.customers')
        """
        bare = len(table) == 1
        most = 2 if self.has_schemas else 1
        database = (self.database,) if self.database and len(table) <= most else ()
        schema = (self.schema,) if self.schema and bare else ()
        return ".".join((*database, *schema, *table))
