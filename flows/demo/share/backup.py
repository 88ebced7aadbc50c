"""バックアップ (backups): archives of an older system, one of which nobody can open any more."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import islice

from flows.demo.dates import Style
from flows.demo.formats import archive, delimited
from flows.demo.mark import Cell, phrase, text
from flows.demo.person import Kind
from flows.demo.scribe import Scribe
from flows.demo.values import Values

_FIELDS = ("NO", "氏名", "ｶﾅ", "生年月日", "TEL")
_SECRET = b"sakurado-2018"


def old_exports(scribe: Scribe) -> None:
    """Lists of customers by year, one customer's own, and an archive within the archive."""
    path = "バックアップ/旧顧客システム.zip"
    canary = Values(next(p for p in scribe.people.of(Kind.CUSTOMER) if p.canary))
    with scribe.create(path) as file, zipfile.ZipFile(file, "w") as zip_:
        _member(scribe, zip_, path, "顧客2019.csv", _rows(scribe, 0))
        _member(scribe, zip_, path, "顧客2020.csv", _rows(scribe, 5))
        own = phrase("個別/", canary.name(""), ".csv")
        _member(scribe, zip_, path, own, iter([_row(canary)]))
        inner = _packed(scribe, f"{path}!/2018.zip", "顧客2018.csv", _rows(scribe, 8))
        with archive.member(zip_, "2018.zip") as out:
            out.write(inner)


def _member(
    scribe: Scribe, zip_: zipfile.ZipFile, path: str, name: Cell, rows: Iterator[tuple[Cell, ...]]
) -> None:
    dataset = phrase(f"{path}!/", name)
    scribe.name(text(dataset), dataset)
    with archive.member(zip_, text(name)) as out:
        delimited.rows_to(scribe, text(dataset), out, _FIELDS, rows, encoding="cp932")


def _packed(scribe: Scribe, path: str, name: str, rows: Iterator[tuple[Cell, ...]]) -> bytes:
    held = io.BytesIO()
    delimited.rows_to(scribe, f"{path}!/{name}", held, _FIELDS, rows, encoding="cp932")
    return archive.packed(name, held.getvalue())


def _rows(scribe: Scribe, start: int) -> Iterator[tuple[Cell, ...]]:
    """Every tenth customer from one on."""
    return map(_row, map(Values, islice(scribe.people.of(Kind.CUSTOMER), start, None, 10)))


def _row(me: Values) -> tuple[Cell, ...]:
    number = me.key(Kind.CUSTOMER)
    return number, me.name(""), me.halfwidth(""), me.born(Style.COMPACT), me.phone("")


def sealed(scribe: Scribe) -> None:
    """Pay slips behind a password nobody remembers: planted to be told as unread."""
    path = "バックアップ/給与2018.zip"
    staff = islice(scribe.people.of(Kind.EMPLOYEE), 50)
    lines = [f"{text(me.key(Kind.EMPLOYEE))},{text(me.name())}" for me in map(Values, staff)]
    content = "\r\n".join(["社員番号,氏名", *lines]).encode("cp932", errors="replace")
    with scribe.create(path) as file:
        archive.encrypted(file, "kyuyo2018.csv", content, _SECRET)
    dataset = f"{path}!/kyuyo2018.csv"
    scribe.truth.fact("unread", source=scribe.source, dataset=dataset, reason="encrypted")
