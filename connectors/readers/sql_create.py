"""What a dump's CREATE TABLE and ALTER TABLE tell of a table: its columns, keys and references."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from connectors.place import Field, ForeignKey
from connectors.readers.sql_grammar import ALTER, CREATE, NAME, NAMES, Grammar, names

_FLAGS = re.DOTALL | re.IGNORECASE
_COLUMN = re.compile(rb"\s*+(%s)\s*+(.*)" % NAME, _FLAGS)
_RULE = re.compile(
    rb"\s*+(?:ADD\s++)?(?:CONSTRAINT|PRIMARY|FOREIGN|UNIQUE|KEY|INDEX|CHECK|EXCLUDE|FULLTEXT|SPATIAL"
    rb"|PERIOD|LIKE|VECTOR)\b",
    re.IGNORECASE,
)
_LIST = rb"\(([^()]*+(?:\([^()]*+\)[^()]*+)*+)\)"
_PRIMARY = re.compile(
    rb"\bPRIMARY\s++KEY\s*+(?:CLUSTERED\s*+|USING\s++\w++\s*+)?+%s" % _LIST, _FLAGS
)
_FOREIGN = re.compile(
    rb"\bFOREIGN\s++KEY\s*+(?:%s\s*+)?%s\s*+REFERENCES\s++(%s)\s*+(?:%s)?+([^,]*+)"
    % (NAME, _LIST, NAMES, _LIST),
    _FLAGS,
)
_REFERS = re.compile(rb"\bREFERENCES\s++(%s)\s*+(?:%s)?+([^,]*+)" % (NAMES, _LIST), _FLAGS)
_DELETES = re.compile(rb"ON\s++DELETE\s++(CASCADE|RESTRICT|SET\s++NULL|SET\s++DEFAULT)", _FLAGS)
_AFTER_TYPE = re.compile(
    rb"\s*+\b(?:NOT\s++NULL|NULL|DEFAULT|PRIMARY|UNIQUE|REFERENCES|CHECK|COLLATE|CONSTRAINT"
    rb"|GENERATED|AS\s*+\(|AUTO_?INCREMENT|COMMENT|CHARACTER\s++SET|CHARSET|ON\s++UPDATE|ENCODE"
    rb"|IDENTITY|INVISIBLE|VISIBLE|WITHOUT|OPTIONS|STORAGE|COMPRESSION)\b.*",
    _FLAGS,
)
_COMPUTED = re.compile(rb"\bAS\s*+\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Declared:
    """A table as declared; ``computed`` are columns that a row without names leaves out."""

    table: tuple[str, ...]
    fields: tuple[Field, ...] = ()
    computed: frozenset[str] = frozenset()
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key whose table is named as the dump names it."""

    fields: tuple[str, ...]
    table: tuple[str, ...]
    refers_to: tuple[str, ...]
    on_delete: str

    def to(self, dataset: str) -> ForeignKey:
        """Return it with the name of the table's dataset."""
        return ForeignKey(self.fields, dataset, self.refers_to, self.on_delete)


def declared(statement: bytes, grammar: Grammar) -> Declared | None:
    """Return what a statement declares of a table; ``None`` for any other statement."""
    if created := CREATE.match(statement):
        return _created(names(created[1]), created[2], grammar)
    if altered := ALTER.match(statement):
        rule = altered[2]
        return Declared(names(altered[1]), key=_key([rule]), references=_references([rule]))
    return None


def _created(table: tuple[str, ...], text: bytes, grammar: Grammar) -> Declared:
    columns: list[bytes] = []
    rules: list[bytes] = []
    for item in grammar.cells().findall(text[1:]):
        (rules if _RULE.match(item) else columns).append(item[:-1].strip())
        if item.endswith(b")"):
            break
    pairs = [(names(one[1])[0], one[2]) for one in map(_COLUMN.match, columns) if one]
    own = tuple(name for name, rest in pairs if re.search(rb"\bPRIMARY\s++KEY\b", rest, _FLAGS))
    return Declared(
        table,
        tuple(Field(name, _type(rest)) for name, rest in pairs),
        frozenset(name for name, rest in pairs if _COMPUTED.search(rest)),
        _key(rules) or own,
        (*_inline(pairs), *_references(rules)),
    )


def _type(rest: bytes) -> str:
    return _AFTER_TYPE.sub(b"", b" " + rest).decode("utf-8", "replace").strip()


def _key(rules: list[bytes]) -> tuple[str, ...]:
    found = (_PRIMARY.search(rule) for rule in rules)
    return next((_columns(one[1]) for one in found if one), ())


def _references(rules: list[bytes]) -> tuple[Reference, ...]:
    found = (_FOREIGN.search(rule) for rule in rules)
    return tuple(
        Reference(_columns(one[1]), names(one[2]), _columns(one[3]), _deletes(one[4]))
        for one in found
        if one
    )


def _inline(pairs: list[tuple[str, bytes]]) -> tuple[Reference, ...]:
    found = ((name, _REFERS.search(rest)) for name, rest in pairs)
    return tuple(
        Reference((name,), names(one[1]), _columns(one[2]), _deletes(one[3]))
        for name, one in found
        if one
    )


def _columns(text: bytes | None) -> tuple[str, ...]:
    """Name the columns of a key; a length or an order after one doesn't count."""
    items = (re.match(rb"\s*+(%s)" % NAME, one) for one in (text or b"").split(b","))
    return tuple(names(one[1])[0] for one in items if one)


def _deletes(text: bytes | None) -> str:
    found = _DELETES.search(text or b"")
    return b" ".join(found[1].lower().split()).decode() if found else ""
