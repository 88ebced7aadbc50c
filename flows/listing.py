"""``shozai inventory``: its tables, shown, or exported for other programs to read."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from reports.export import export, export_all

from flows import access, show
from flows.answers import print_json
from flows.asking import Opened, opened
from flows.choices import Format, Table
from flows.faults import UsageError

#: Columns worth a reader's width; `--format json` has them all.
_SHOWN = {
    Table.DATASETS: ("source", "dataset", "kind", "about", "rows", "encoding"),
    Table.FIELDS: ("id", "source", "dataset", "field", "entity", "about", "role", "hits", "score"),
    Table.LOCATIONS: ("entity", "source", "dataset", "record", "field", "score"),
    Table.COVERAGE: ("source", "dataset", "partition", "status", "reason", "rows"),
    Table.LINKS: ("id", "from", "to", "status"),
}
_NAMES = ("dataset", "field", "record", "partition_name")
#: Locations shown at the most where nobody asked for all of them.
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which table, narrowed to what, and how it is answered."""

    table: Table
    source: str
    entity: str
    format: Format
    output: Path | None
    open: bool


def show_table(config: Path, wanted: Wanted) -> int:
    """Answer with one table, or export all; 1 if it has no row."""
    known = opened(config)
    if wanted.open:
        access.log(known.settings, "open names", table=wanted.table.value)
    if wanted.table is Table.EXPORT:
        return _export(known, wanted)
    found = _narrowed(known, wanted)
    rows = _named(known, found, opened=wanted.open)
    if wanted.format in (Format.TABLE, Format.JSON):
        _print(wanted, rows)
    else:
        _write(wanted, rows)
    return show.DONE if rows.num_rows else show.NO


def _narrowed(known: Opened, wanted: Wanted) -> pa.Table:
    filters = [pc.field("source") == wanted.source] if wanted.source else []
    schema = known.view[wanted.table.value].schema
    if wanted.entity and "entity" not in schema.names:
        raise UsageError(f"{wanted.table.value} has no entity: leave --entity out.")
    if wanted.entity:
        filters.append(pc.field("entity") == wanted.entity)
    chosen = None
    for one in filters:
        chosen = one if chosen is None else chosen & one
    listed = known.view[wanted.table.value]
    if wanted.table is Table.LOCATIONS and wanted.format is Format.TABLE:
        return listed.head(_MOST, filter=chosen)
    return listed.to_table(filter=chosen)


def _named(known: Opened, rows: pa.Table, *, opened: bool) -> pa.Table:
    """Return the rows with sealed names masked, or opened."""
    seal = known.inventory.tokens.seal
    for name in _NAMES:
        if name in rows.schema.names:
            at = rows.schema.get_field_index(name)
            encoded = rows.column(at).combine_chunks().dictionary_encode()
            plain = [
                None if one is None else seal.shown(one, opened=opened)
                for one in encoded.dictionary.to_pylist()
            ]
            column = pa.array(plain, pa.string()).take(encoded.indices)
            rows = rows.set_column(at, name, column)
    return rows


def _print(wanted: Wanted, rows: pa.Table) -> None:
    if wanted.format is Format.JSON:
        print_json({wanted.table.value: rows.to_pylist()})
        return
    columns = _SHOWN[wanted.table]
    shown = [[_cell(row[name]) for name in columns] for row in rows.to_pylist()]
    show.table("", columns, shown)
    if wanted.table is Table.LOCATIONS and rows.num_rows == _MOST:
        show.say(f"The first {_MOST:,}; --format parquet -o FILE writes all of them.")


def _cell(value: object) -> object:
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, dict) and "fields" in value:
        return f"{value['source']} {value['dataset']} {', '.join(value['fields'])}"
    return value


def _write(wanted: Wanted, rows: pa.Table) -> None:
    if wanted.output is None:
        if wanted.format is not Format.CSV:
            raise UsageError(f"--format {wanted.format.value} writes a file: name it with -o FILE.")
        export(rows, wanted.format.value, sys.stdout.buffer)
        return
    export(rows, wanted.format.value, wanted.output)
    show.say(f"{rows.num_rows:,} rows in {wanted.output}")


def _export(known: Opened, wanted: Wanted) -> int:
    """Write every table into a folder."""
    if wanted.output is None:
        raise UsageError("Name the folder to export to: -o FOLDER.")
    form = Format.PARQUET if wanted.format is Format.TABLE else wanted.format
    for path in export_all(known.view, form.value, wanted.output):
        show.say(str(path))
    return show.DONE
