"""The register's workbook: cover, register, fields, datasets to decide about, parts not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import pyarrow as pa

from reports import wording
from reports.business import Business
from reports.holdings import HeldDataset, Tables, holdings
from reports.names import Names
from reports.reasons import explained
from reports.register import cover
from reports.register.entry import COLUMNS, FILL, Circumstances, Value, entry
from reports.register.sheet import Book
from reports.scans import last_scans
from reports.seal import Seal
from reports.unread import UnreadPart, unread_parts
from reports.words import Language, label

_FIELD_WIDTHS = (14.0, 28.0, 22.0, 18.0, 10.0, 12.0, 12.0, 12.0, 9.0, 36.0, 12.0, 14.0)
_FIELD_COLUMNS = (
    "source", "dataset", "field", "entity", "about", "role", "register.rows", "distinct", "score",
    "evidence", "decision", "id",
)  # fmt: skip
_UNREAD_WIDTHS = (14.0, 34.0, 26.0, 14.0, 44.0, 12.0, 14.0)
_UNREAD_COLUMNS = ("source", "dataset", "unit", "status", "reason", "units", "missed")


def write(
    inventory: Tables,
    path: Path,
    *,
    made: datetime,
    business: Business = Business(),  # noqa: B008 (frozen)
    language: Language = "ja",
    seal: Seal | None = None,
) -> Path:
    """Write the register to ``path`` (``.xlsx``) and return it; ``made`` is the time to print."""
    _Register(inventory, made, business, language, Names(seal)).write(path)
    return path


@dataclass(frozen=True, slots=True)
class _Register:
    """What the workbook is written from."""

    inventory: Tables
    made: datetime
    business: Business
    language: Language
    names: Names

    def write(self, path: Path) -> None:
        held = holdings(self.inventory)
        unread = unread_parts(self.inventory.coverage)
        personal = [one for one in held if one.is_personal]
        doubtful = [one for one in held if one.is_doubtful]
        say = partial(label, language=self.language)
        footer = f"{self.business.company.name}　{say('register.title')}　{wording.day(self.made)}"
        book = Book.open(str(path), say(FILL), footer, self.made)
        self._cover(book, len(personal), len(doubtful), unread)
        around = self._around(held, unread)
        self._entries(book, say("register.sheet"), personal, around)
        self._table(book, "register.fields", _FIELD_COLUMNS, _FIELD_WIDTHS, self._fields(held))
        if doubtful:
            self._entries(book, say("register.doubtful"), doubtful, around)
        self._table(book, "register.unread", _UNREAD_COLUMNS, _UNREAD_WIDTHS, self._unread(unread))
        book.workbook.close()

    def _cover(
        self, book: Book, personal: int, doubtful: int, unread: Sequence[UnreadPart]
    ) -> None:
        facts = cover.Facts(
            business=self.business,
            made=self.made,
            entries=personal,
            doubtful=doubtful,
            scans=last_scans(self.inventory.scans, [one.name for one in self.business.sources]),
            unread=unread,
        )
        cover.draw(book, facts, self.language)

    def _around(self, held: Sequence[HeldDataset], unread: Sequence[UnreadPart]) -> Circumstances:
        return Circumstances(
            business=self.business,
            rules=self.business.rules((one.key for one in held), self.names.plain),
            reviewed=_last_reviews(self.inventory.decisions),
            unread=Counter(part.key for part in unread),
            names=self.names,
            language=self.language,
        )

    def _entries(
        self, book: Book, name: str, held: Sequence[HeldDataset], around: Circumstances
    ) -> None:
        columns = {label(term, self.language): width for term, width in COLUMNS.items()}
        rows = [tuple(entry(number, one, around).values()) for number, one in enumerate(held, 1)]
        book.table(name, columns, rows, across=2)

    def _table(
        self,
        book: Book,
        name: str,
        terms: Sequence[str],
        widths: Sequence[float],
        rows: Iterator[Sequence[Value | None]],
    ) -> None:
        headings = [label(term, self.language) for term in terms]
        book.table(label(name, self.language), dict(zip(headings, widths, strict=True)), rows)

    def _fields(self, held: Sequence[HeldDataset]) -> Iterator[Sequence[Value | None]]:
        say = partial(label, language=self.language)
        for one in held:
            for field in one.fields:
                yield (
                    one.source,
                    self.names.shown(one.dataset),
                    self.names.shown(field.field),
                    *map(say, (field.entity, field.about, field.role)),
                    field.hits,
                    field.distinct,
                    f"{field.score:.2f}",
                    "\n".join(wording.reason(why, self.language) for why in field.evidence),
                    say(field.decision or "undecided"),
                    field.id,
                )

    def _unread(self, parts: Sequence[UnreadPart]) -> Iterator[Sequence[Value | None]]:
        say = partial(label, language=self.language)
        for part in parts:
            whole = part.partition is None
            unknown = part.missed_at_most is None
            yield (
                part.source,
                self.names.shown(part.dataset),
                say("unread.whole") if whole else self.names.shown(part.name),
                say(part.status),
                explained(part.reason, self.language),
                part.units,
                say("unread.unknown") if unknown else wording.share(part.missed_at_most),
            )


def _last_reviews(decisions: pa.Table) -> dict[str, datetime]:
    last: dict[str, datetime] = {}
    for row in decisions.select(["id", "when"]).to_pylist():
        last[row["id"]] = max(row["when"], last.get(row["id"], row["when"]))
    return last
