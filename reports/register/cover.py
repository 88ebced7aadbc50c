"""表紙: whose register it is, of when, from which scans, and what they did not read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from xlsxwriter.worksheet import Worksheet

from reports import wording
from reports.business import Business
from reports.reasons import headed
from reports.register.sheet import Book, Value
from reports.scans import LastScan
from reports.unread import UnreadPart, by_reason
from reports.words import Language, label, phrase

_WIDTHS = (26.0, 42.0, 20.0, 18.0, 18.0)
_LAST = len(_WIDTHS) - 1


@dataclass(frozen=True, slots=True)
class Facts:
    """What the cover states."""

    business: Business
    made: datetime
    entries: int
    doubtful: int
    scans: Sequence[LastScan]
    unread: Sequence[UnreadPart]


def draw(book: Book, facts: Facts, language: Language) -> None:
    """Add the cover to the workbook."""
    sheet = book.page(label("register.cover", language))
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    book.cell(sheet, 0, 0, label("register.title", language), "title")
    sheet.set_row(0, 34)
    row = _pairs(book, sheet, 2, _who_and_when(facts, language))
    book.mark(sheet, row, len(_WIDTHS))
    row = _paragraph(book, sheet, row + 1, "register.how", language)
    scans = _scan_rows(facts.scans, language)
    row = _list(book, sheet, row + 1, label("register.scans", language), scans)
    row = _lead(book, sheet, row + 1, facts, language)
    reasons = _reason_rows(facts.unread, language)
    _list(book, sheet, row, label("unread.by_reason", language), reasons)


def _who_and_when(facts: Facts, language: Language) -> Iterable[tuple[str, Value]]:
    company, desk = facts.business.company, facts.business.desk
    fill = label("register.fill", language)
    policies = (f"{one.name} {one.version}".strip() for one in facts.business.policies)
    words: dict[str, Value] = {
        "register.company": company.name or fill,
        "register.address": company.address or fill,
        "register.representative": company.representative or fill,
        "register.desk": " ".join(filter(None, (desk.name, desk.telephone, desk.hours))) or fill,
        "register.policy": "\n".join(policies) or fill,
        "register.made": wording.minute(facts.made),
        "register.counts": wording.number(facts.entries),
        "register.counts.doubtful": wording.number(facts.doubtful),
        "register.approved": fill,
    }
    return ((label(term, language), value) for term, value in words.items())


def _scan_rows(scans: Iterable[LastScan], language: Language) -> Iterable[Sequence[Value]]:
    yield tuple(label(term, language) for term in ("source", "as_of", "status", "rows"))
    for scan in scans:
        status = label(scan.status, language) if scan.status else label("asof.never", language)
        yield (scan.source, wording.minute(scan.as_of), status, scan.rows)


def _reason_rows(unread: Sequence[UnreadPart], language: Language) -> Iterable[Sequence[Value]]:
    yield tuple(label(term, language) for term in ("source", "reason", "fact.unread"))
    for reason, parts in by_reason(unread):
        sources = ", ".join(dict.fromkeys(part.source for part in parts))
        yield (sources, headed(reason, language), len(parts))


def _pairs(book: Book, sheet: Worksheet, row: int, pairs: Iterable[tuple[str, Value]]) -> int:
    for row, (name, value) in enumerate(pairs, row):  # noqa: B020, PLR1704 (the next free row)
        book.cell(sheet, row, 0, name, "label")
        book.cell(sheet, row, 1, value)
    return row + 1


def _paragraph(book: Book, sheet: Worksheet, row: int, term: str, language: Language) -> int:
    book.cell(sheet, row, 0, label(f"{term}.title", language), "section")
    text = label(term, language)
    sheet.merge_range(row + 1, 0, row + 1, _LAST, "", book.formats["note"])
    book.cell(sheet, row + 1, 0, text, "note")
    sheet.set_row(row + 1, 40)
    return row + 2


def _lead(book: Book, sheet: Worksheet, row: int, facts: Facts, language: Language) -> int:
    """Say how much was not read, before the list of it."""
    term = "unread.lead.some" if facts.unread else "unread.lead.none"
    style = "warning" if facts.unread else "note"
    sheet.merge_range(row, 0, row, _LAST, "", book.formats[style])
    book.cell(sheet, row, 0, phrase(term, language, count=len(facts.unread)), style)
    sheet.set_row(row, 28)
    return row + 1


def _list(
    book: Book, sheet: Worksheet, row: int, title: str, rows: Iterable[Sequence[Value]]
) -> int:
    heading, *body = rows
    if not body:
        return row
    book.cell(sheet, row, 0, title, "section")
    for column, value in enumerate(heading):
        book.cell(sheet, row + 1, column, value, "head")
    for number, values in enumerate(body, row + 2):
        book.row(sheet, number, values)
    return row + 2 + len(body)
