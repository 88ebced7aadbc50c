"""The README's tables of stores and formats: what can be done is asked of the code itself.

Only what no class can tell is written here: how a store is read, and what a format keeps unread.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from connectors.base import Source, WritableSource
from connectors.files.backend import Backend
from connectors.files.remote import AnySource
from connectors.readers import READERS
from connectors.registry import CONNECTORS, open_source
from connectors.rewriters import BY_HAND, REWRITERS

FIRST, LAST = "<!-- stores: make figures -->\n", "<!-- end of stores -->\n"
_OFFICE = "application/vnd.openxmlformats-officedocument."
#: Where rows are numbered by what stands around them, so that none is ever taken out.
_EMPTIED = ("Excel .xlsx", "Word .docx")
_NO_REWRITER = "its records can't be cut out"

#: How each store is read, by the first scheme that opens it; others stand with their scheme alone.
_STORES = {
    "postgresql": (
        "PostgreSQL",
        "ADBC to Arrow; ranges of keys, one snapshot, samples; views, partitioned tables, grants",
    ),
    "mysql": ("MariaDB, MySQL", "utf8mb4, sjis and ujis, JSON, zero dates; grants"),
    "sqlite": ("SQLite", "typeless columns, WITHOUT ROWID, values that aren't UTF-8; samples"),
    "duckdb": ("DuckDB", "every schema of the file, nested types, views; samples"),
    "file": ("folders", "archives inside archives; mode and ACL"),
    "s3": ("S3", "policy, ACL, public-access block, encryption"),
    "sftp": ("SFTP", "mode and owner"),
    "smb": ("SMB", "locked, offline and ~$ files; owner and ACL"),
}


@dataclass(frozen=True, slots=True)
class Format:
    """A row of formats: the media types in it, how they are read, and what isn't."""

    name: str
    kinds: tuple[str, ...]
    read: str
    unread: str


FORMATS = (
    Format(
        "CSV, TSV",
        ("text/csv", "text/tab-separated-values"),
        "any dialect, header rows or none; UTF-8, CP932, EUC-JP, ISO-2022-JP, UTF-16",
        "bytes that don't decode are kept visible and counted",
    ),
    Format("JSON lines", ("application/jsonl",), "fields `a.b[].c`", "broken lines, by number"),
    Format("JSON", ("application/json",), "arrays and places inside", "broken values"),
    Format("Parquet", ("application/vnd.apache.parquet",), "nested fields", "encrypted columns"),
    Format(
        "Excel .xlsx",
        (f"{_OFFICE}spreadsheetml.sheet",),
        "sheets, header rows, merged and hidden cells, phonetic runs, comments, text boxes",
        "formulas whose value wasn't kept",
    ),
    Format(
        "Excel .xls",
        ("application/vnd.ms-excel",),
        "sheets, header rows, merged and hidden cells, comments, properties",
        "phonetic runs, text boxes, macros",
    ),
    Format(
        "Word .docx",
        (f"{_OFFICE}wordprocessingml.document",),
        "text, tables, text boxes, headers, notes, comments, tracked changes, properties",
        ".doc; embedded files",
    ),
    Format(
        "PowerPoint .pptx",
        (f"{_OFFICE}presentationml.presentation",),
        "text, tables, notes, comments, properties",
        ".ppt; embedded files",
    ),
    Format(
        "RTF",
        ("application/rtf",),
        "text in any Japanese encoding, tables, headers, notes, comments, text boxes, properties",
        "pictures, embedded objects",
    ),
    Format(
        "locked Office files",
        ("application/x-office-locked",),
        "with the passwords of `passwords_file`",
        "what no password of the list opens",
    ),
    Format(
        "PDF",
        ("application/pdf",),
        "text layer, form fields, notes, properties",
        "pages without text, unless `ocr = true`",
    ),
    Format("HTML", ("text/html",), "text and tables", "scripts"),
    Format(
        "XML",
        ("application/xml",),
        "texts and attributes under the path of their tags",
        "what follows an entity of its own",
    ),
    Format(
        "PNG, JPEG, GIF, TIFF",
        ("image/gif", "image/jpeg", "image/png", "image/tiff"),
        "text by OCR, with `ocr = true`",
        "everything without it; what a camera notes beside the picture",
    ),
    Format("text, logs", ("text/plain",), "lines", "bytes that don't decode are counted"),
    Format(
        "mail .eml, mbox",
        ("message/rfc822", "application/mbox"),
        "headers, bodies, attachments in the formats above",
        "encrypted mail",
    ),
    Format(
        "SQL dumps",
        ("application/sql",),
        "tables of pg_dump, mariadb-dump, sqlite3, scripts of INSERTs; all else as lines",
        "pg_dump's custom format (-Fc); rows that aren't understood",
    ),
    Format(
        "SQLite files",
        ("application/vnd.sqlite3",),
        "tables and views with what their logs hold, also in archives and far stores",
        "encrypted ones",
    ),
    Format(
        "ZIP, tar, gzip",
        (),
        "inside each other, names in CP932; passwords of `passwords_file`",
        "bombs, 7z, LZH",
    ),
)


def filled(readme: str) -> str:
    """Return the README with both tables between their marks."""
    before, _, rest = readme.partition(FIRST)
    _, mark, behind = rest.partition(LAST)
    if not mark:
        raise ValueError(f"README.md lacks the marks {FIRST.strip()} and {LAST.strip()}.")
    return before + FIRST + "\n" + "\n".join([*_stores(), "", *_formats(), ""]) + LAST + behind


def _stores() -> Iterator[str]:
    yield "| store | read | fetch | correct | erase | incremental | tested against |"
    yield "|---|---|:-:|:-:|:-:|:-:|---|"
    seen = set()
    for scheme in CONNECTORS:
        kind = type(_opened(scheme))
        if kind not in seen:
            seen.add(kind)
            name, how = _STORES.get(scheme, (scheme, ""))
            yield _store(name, how, kind)
    yield _store("whatever else fsspec opens", "files", AnySource)


def _opened(scheme: str) -> Source:
    return open_source("readme", "/nowhere" if scheme == "file" else f"{scheme}://u@host/path")


def _store(name: str, how: str, kind: type[Source]) -> str:
    can = issubclass(kind, WritableSource)
    # Any store's files can be fetched, but only some stores replace one in one step.
    backend = getattr(kind, "backend", None)
    safe = can and (backend is None or backend.draft is not Backend.draft)
    incremental = kind.fingerprint is not Source.fingerprint
    marks = (can, safe, safe, incremental)
    cells = [name, how or "✓", *map(_mark, marks), kind.tested_against or "*untested*"]
    return f"| {' | '.join(cells)} |"


def _mark(can: bool) -> str:
    return "✓" if can else "–"


def _formats() -> Iterator[str]:
    yield "| format | read | row-exact rewrite | not read, and told so |"
    yield "|---|---|---|---|"
    for one in FORMATS:
        yield f"| {one.name} | {one.read} | {_rewritten(one)} | {one.unread} |"


def _rewritten(one: Format) -> str:
    if one.kinds and all(kind in REWRITERS for kind in one.kinds):
        return "✓ emptied, not removed" if one.name in _EMPTIED else "✓"
    reasons = {BY_HAND.get(kind, _NO_REWRITER) for kind in one.kinds if kind not in REWRITERS}
    return f"by hand, because {'; '.join(sorted(reasons))}" if reasons else "by hand"


def unlisted() -> set[str]:
    """Return the media types that have a reader and stand in no row."""
    return set(READERS) - {kind for one in FORMATS for kind in one.kinds}
