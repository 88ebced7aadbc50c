"""``shozai inventory``: its tables, shown, or exported for other programs to read."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.dataset as ds

from flows import access, show
from flows.asking import Opened, opened
from flows.choices import Format, Table
from flows.faults import UsageError
from reports.export import export, export_all, plain_rows
from scanners.finding import Entity

#: Columns worth a reader's width; `--json` has more, and a file all of them.
_SHOWN = {
    Table.DATASETS: ("source", "dataset", "kind", "about", "rows", "encoding"),
    Table.FIELDS: (
        "id",
        "source",
        "dataset",
        "field",
        "entity",
        "about",
        "role",
        "hits",
        "score",
        "decision",
    ),
    Table.LOCATIONS: ("entity", "source", "dataset", "record", "field", "score"),
    Table.COVERAGE: ("source", "dataset", "partition", "status", "reason"),
    Table.LINKS: ("id", "from", "to", "status"),
}
#: Columns that are the inventory's own affair, and in no JSON answer.
_INTERNAL = {
    Table.FIELDS: {"detected", "scan_id"},
    Table.DATASETS: {"scan_id", "judged"},
    Table.LOCATIONS: {"ordinal"},
    Table.COVERAGE: {"generation", "fingerprint"},
    Table.LINKS: {"source"},
}
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
    if wanted.output or wanted.format is not Format.TABLE:
        _write(known, wanted, found)
    else:
        _print(known, wanted, found)
    return show.DONE if found.count_rows() else show.NO


def _narrowed(known: Opened, wanted: Wanted) -> ds.Dataset:
    found = known.view[wanted.table.value]
    if wanted.source:
        _must_be_known(wanted.source, [*known.view.last_scans], "source")
        found = found.filter(pc.field("source") == wanted.source)
    if wanted.entity and "entity" not in found.schema.names:
        raise UsageError(f"{wanted.table.value} has no entity: leave --entity out.")
    if wanted.entity:
        _must_be_known(wanted.entity, [*Entity], "entity")
        found = found.filter(pc.field("entity") == wanted.entity)
    return found


def _must_be_known(name: str, known: list[str], what: str) -> None:
    if name not in known:
        listed = ", ".join(known) or "none"
        raise UsageError(f"There is no {what} {name!r} in the inventory: there is {listed}.")


def _print(known: Opened, wanted: Wanted, found: ds.Dataset) -> None:
    seal = known.inventory.tokens.seal
    head = ds.dataset(found.head(_MOST)) if wanted.table is Table.LOCATIONS else found
    columns = _SHOWN[wanted.table]
    rows = [
        [_cell(row[name]) for name in columns] for row in plain_rows(head, seal, opened=wanted.open)
    ]
    show.table("", columns, rows)
    if wanted.table is Table.LOCATIONS and len(rows) == _MOST:
        show.say(f"The first {_MOST:,}; --format parquet -o FILE writes all of them.")


def _cell(value: object) -> object:
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, dict) and "fields" in value:
        return f"{value['source']} {value['dataset']} {', '.join(value['fields'])}"
    return value


def _write(known: Opened, wanted: Wanted, found: ds.Dataset) -> None:
    """Write to the file named, or to stdout what can be read there."""
    form, told = _form(wanted), found
    if wanted.output is None and form not in (Format.CSV, Format.JSON):
        raise UsageError(f"--format {form.value} writes a file: name it with -o FILE.")
    if form is Format.JSON:
        told = _told(wanted.table, found)
    export(
        told,
        form.value,
        wanted.output or sys.stdout.buffer,
        name=wanted.table.value,
        seal=known.inventory.tokens.seal,
        opened=wanted.open,
    )
    if wanted.output:
        show.say(f"{found.count_rows():,} rows in {wanted.output}")


def _told(table: Table, found: ds.Dataset) -> ds.Dataset:
    left_out = {"format_version", *_INTERNAL[table]}
    columns = [name for name in found.schema.names if name not in left_out]
    reader = found.scanner(columns=columns).to_reader()
    return ds.dataset(reader, schema=reader.schema)


def _form(wanted: Wanted) -> Format:
    """Return the format asked for, or the one that the file's name tells."""
    if wanted.format is not Format.TABLE or wanted.output is None:
        return wanted.format
    suffix = wanted.output.suffix.lstrip(".").lower()
    if suffix not in set(Format):
        raise UsageError(f"{wanted.output} tells no format: add --format csv, parquet or xlsx.")
    return Format(suffix)


def _export(known: Opened, wanted: Wanted) -> int:
    """Write every table into a folder."""
    if wanted.output is None:
        raise UsageError("Name the folder to export to: -o FOLDER.")
    form = Format.PARQUET if wanted.format is Format.TABLE else wanted.format
    seal = known.inventory.tokens.seal if wanted.open else None
    try:
        for path in export_all(known.view, form.value, wanted.output, seal=seal, opened=True):
            show.say(str(path))
    except OSError as error:
        reason = f"Can't write to {wanted.output} ({error.strerror}): name another folder."
        raise UsageError(reason) from None
    return show.DONE
