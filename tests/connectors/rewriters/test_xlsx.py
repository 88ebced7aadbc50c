"""Workbooks, written again: which cells are empty, and that every other part keeps its bytes."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from connectors.change import Why
from tests.rewriting import Values, records, rewritten

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "xl/worksheets/sheet1.xml"
SHARED = "xl/sharedStrings.xml"


def _name(row: int, sheet: str = "名簿") -> str:
    return f'{{"sheet":"{sheet}","row":{row}}}'


def _by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名簿"
    sheet.append(("番号", "氏名", "電話", "率"))
    sheet.append((1, "山田太郎", "0312345678", 0.5))
    sheet.append((2, "髙橋", "0312345678", None))
    sheet.append((3, "佐藤<花>", "09011112222", 1))
    sheet["B3"].comment = Comment("髙橋さんは休職中", "著者")
    sheet["B4"].comment = Comment("転居", "著者")
    sheet["D4"].number_format = "0.00"
    other = book.create_sheet("控え")
    other.append(("氏名", "備考"))
    other.append(("山田太郎", "同じ名"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _by_xlsxwriter() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("名簿")
        sheet.write_row(0, 0, ["番号", "氏名", "電話", "率"])
        sheet.write_row(1, 0, [1, "山田太郎", "0312345678", 0.5])
        sheet.write_row(2, 0, [2, "髙橋", "0312345678"])
        sheet.write_row(3, 0, [3, "佐藤<花>", "09011112222"])
        sheet.write_formula(3, 3, "=A4*2", None, 6)
        sheet.write_comment(2, 1, "髙橋さんは休職中")
        sheet.write_comment(3, 1, "転居")
        other = book.add_worksheet("控え")
        other.write_row(0, 0, ["氏名", "備考"])
        other.write_row(1, 0, ["山田太郎", "同じ名"])
    return out.getvalue()


MAKERS = [_by_openpyxl, _by_xlsxwriter]


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def _changed(data: bytes, new: bytes) -> set[str]:
    before, after = _parts(data), _parts(new)
    assert list(before) == list(after)
    return {name for name in before if before[name] != after[name]}


def _cells(data: bytes) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return [list(row) for sheet in book for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("make", MAKERS)
def test_a_cut_row_is_empty_and_stays(make: Callable[[], bytes]) -> None:
    """Its cells and its comment are empty; no row moves, no other cell or part changes."""
    data = make()
    new, done = rewritten(XLSX, data, {_name(3): None})
    assert not done.refused
    comments = {name for name in _parts(data) if "comment" in name.lower() and "xml" in name}
    assert _changed(data, new) - comments == {SHEET, SHARED} & _parts(data).keys()
    assert [row for row in _cells(data) if row[1] != "髙橋"] == [
        row for row in _cells(new) if any(cell is not None for cell in row)
    ]
    assert len(_cells(new)) == len(_cells(data))
    everything = html.unescape(b"".join(_parts(new).values()).decode())
    assert "髙橋" not in everything
    assert "休職" not in everything
    assert "転居" in everything
    assert everything.count("0312345678") == 1  # another row has the same
    after = records(XLSX, new)
    assert [each for each in records(XLSX, data) if each[0] != _name(3)] == after
    assert done.rows == len(after)


@pytest.mark.parametrize("make", MAKERS)
def test_the_parts_that_stay_keep_their_bytes(make: Callable[[], bytes]) -> None:
    """Packed data and headers of every other part are copied, not packed anew."""
    data = make()
    new, _ = rewritten(XLSX, data, {_name(2): None})
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(new)) as now:
        for entry in old.infolist():
            if entry.filename in {SHEET, SHARED}:
                continue
            size = 30 + len(entry.filename) + entry.compress_size
            other = now.getinfo(entry.filename)
            start, at = entry.header_offset, other.header_offset
            assert data[start : start + size] == new[at : at + size]
            assert (entry.date_time, entry.external_attr) == (other.date_time, other.external_attr)


@pytest.mark.parametrize("make", MAKERS)
def test_a_shared_text_that_another_cell_shows_stays(make: Callable[[], bytes]) -> None:
    """The same name in another sheet isn't touched; only this row's cell lets go of it."""
    data = make()
    new, done = rewritten(XLSX, data, {_name(2): {"名簿!氏名": None}})
    assert not done.refused
    assert _changed(data, new) == {SHEET}
    before, after = dict(records(XLSX, data)), dict(records(XLSX, new))
    before[_name(2)].pop("名簿!氏名")
    assert after == before


@pytest.mark.parametrize("make", MAKERS)
def test_new_values(make: Callable[[], bytes]) -> None:
    """A text becomes a text, a plain number a number; all other cells stay."""
    data = make()
    edits: dict[str, Values | None] = {_name(4): {"名簿!氏名": "鈴木 & 花 ", "名簿!番号": "7"}}
    new, done = rewritten(XLSX, data, edits)
    assert not done.refused
    before, after = _cells(data), _cells(new)
    before[3][0:2] = [7, "鈴木 & 花 "]
    assert after == before
    assert "佐藤" not in html.unescape(b"".join(_parts(new).values()).decode())


def test_a_formula_stays_without_its_result() -> None:
    """A row that is cut keeps its formulas; what they last came to goes."""
    data = _by_xlsxwriter()
    new, done = rewritten(XLSX, data, {_name(4): None})
    assert not done.refused
    part = _parts(new)[SHEET]
    assert b"<f>A4*2</f></c>" in part


def test_phonetic_runs_go_with_their_text() -> None:
    """振り仮名 lie in the shared text, so that both go."""
    parts = _parts(_by_xlsxwriter())
    kana = '<t>髙橋</t><rPh sb="0" eb="2"><t>タカハシ</t></rPh>'
    parts[SHARED] = parts[SHARED].replace("<t>髙橋</t>".encode(), kana.encode())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert "タカハシ".encode() in parts[SHARED]
    new, done = rewritten(XLSX, out.getvalue(), {_name(3): None})
    assert not done.refused
    assert "タカハシ".encode() not in _parts(new)[SHARED]


@pytest.mark.parametrize(
    ("record", "values", "why"),
    [
        (_name(9), None, Why.GONE),
        (_name(2, "無い"), None, Why.GONE),
        ('{"row":2}', None, Why.GONE),
        (_name(2), {"名簿!住所": "x"}, Why.NO_FIELD),
        (_name(2), {"名簿!番号": "x"}, Why.WRONG_TYPE),
        (_name(4), {"名簿!率": "1"}, Why.WRONG_TYPE),
        (_name(3), {"名簿!comment": "x"}, Why.BY_HAND),
    ],
)
def test_refused(record: str, values: Values | None, why: Why) -> None:
    """What can't be done is told with its reason, and nothing is written."""
    new, done = rewritten(XLSX, _by_xlsxwriter(), {record: values})
    assert ([each.why for each in done.refused], new) == ([why], b"")


@pytest.mark.slow
def test_a_sheet_of_many_rows() -> None:
    """A sheet larger than a chunk is taken apart between rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("名簿")
        sheet.write_row(0, 0, ["番号", "氏名"])
        for row in range(1, 20_001):
            sheet.write_row(row, 0, [row, f"</row> row> 山田{row}"])
    cut = {2, 9_000, 20_001}
    new, done = rewritten(XLSX, out.getvalue(), {_name(row): None for row in cut})
    kept = [each for each in records(XLSX, out.getvalue()) if each[0] not in set(map(_name, cut))]
    assert (records(XLSX, new), done.rows) == (kept, len(kept))


@pytest.mark.parametrize("make", MAKERS)
def test_a_value_where_there_was_no_cell(make: Callable[[], bytes]) -> None:
    """A row that lacks a cell gets it in its place, and Excel's own reader finds it."""
    data = make()
    new, done = rewritten(XLSX, data, {_name(3): {"名簿!率": "x"}})
    assert not done.refused
    assert _changed(data, new) == {SHEET}
    before = [[*row, None][:4] for row in _cells(data)]
    before[2][3] = "x"
    assert [[*row, None][:4] for row in _cells(new)] == before


def _with_copies() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("名簿")
        sheet.write_row(0, 0, ["番号", "氏名", "メール"])
        sheet.write_row(1, 0, [1, "山田太郎", "taro@example.jp"])
        sheet.write_row(2, 0, [2, "髙橋 <健>", "ken@example.jp"])
        sheet.write_row(3, 0, [3, "佐藤花", "hana@example.jp"])
        sheet.write_url(2, 2, "mailto:ken@example.jp", string="ken@example.jp")
        sheet.data_validation(0, 5, 0, 5, {"validate": "list", "source": ["髙橋 <健>", "他"]})
        book.define_name("責任者", '="髙橋 <健>"')
        chart = book.add_chart({"type": "column"})
        chart.add_series({"categories": "=名簿!$B$2:$B$4", "values": "=名簿!$A$2:$A$4"})
        sheet.insert_chart("H2", chart)
    return out.getvalue()


def test_copies_are_told() -> None:
    """Where a chart, a link, a list or a name still holds what was emptied, the receipt says so."""
    new, done = rewritten(XLSX, _with_copies(), {_name(3): None})
    assert not done.refused
    assert new
    for where in ("a chart", "a link", "a rule, list or heading of a sheet", "a defined name"):
        assert f"{where} still holds the old value" in done.sentence
    assert "髙橋" not in done.sentence


def test_what_has_no_copies_isnt_told() -> None:
    """Another row's value in the same places says nothing of this one."""
    _, done = rewritten(XLSX, _with_copies(), {_name(4): {"名簿!メール": None}})
    assert not done.refused
    assert "old value" not in done.sentence
