"""Workbooks as people make them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from connectors.readers.excel_number import Look, format_of
from connectors.readers.xlsx import XlsxReader

Reading = Callable[..., Any]


def _saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sheets(rows: list[tuple[str, dict[str, object]]]) -> Iterator[tuple[str, dict[str, object]]]:
    return ((record, values) for record, values in rows if "sheet" in record)


@pytest.fixture
def roster() -> bytes:
    """A 名簿 with a title, two header rows, merged cells and padded numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名簿"
    sheet["A1"] = "社員名簿"
    sheet.merge_cells("A1:F1")
    sheet["A3"], sheet["B3"], sheet["D3"], sheet["E3"] = "番号", "氏名", "生年月日", "連絡先"
    sheet["B4"], sheet["C4"], sheet["E4"], sheet["F4"] = "姓", "名", "郵便番号", "電話"
    for merged in ("A3:A4", "B3:C3", "D3:D4", "E3:F3"):
        sheet.merge_cells(merged)
    for row, given in enumerate(["太郎", "花子"], 5):
        sheet.append([row - 4, "髙橋", given, datetime(1985, 4, row), 600001, 9012345678])  # noqa: DTZ001
        sheet.cell(row, 5).number_format = "000-0000"
        sheet.cell(row, 6).number_format = "000-0000-0000"
    sheet.row_dimensions[6].hidden = True
    return _saved(book)


def test_roster(read: Reading, roster: bytes) -> None:
    """Fields join both header rows; values are what a person sees; rows are Excel's."""
    found = read(XlsxReader(), roster, "名簿.xlsx")
    rows = dict(_sheets(found.rows))
    assert rows['{"sheet":"名簿","row":5}'] == {
        "名簿!番号": "1",
        "名簿!氏名/姓": "髙橋",
        "名簿!氏名/名": "太郎",
        "名簿!生年月日": "1985-04-05",
        "名簿!連絡先/郵便番号": "060-0001",
        "名簿!連絡先/電話": "090-1234-5678",
    }
    assert rows['{"sheet":"名簿","row":6}']["名簿!氏名/名"] == "花子"
    assert rows['{"sheet":"名簿","row":1}'] == {"名簿!text": "社員名簿"}
    assert not found.gaps


def test_layout(roster: bytes) -> None:
    """The fields of all sheets are told beforehand."""
    layout = XlsxReader().layout(io.BytesIO(roster), "名簿.xlsx")
    assert [field.name for field in layout.fields][1:3] == ["名簿!氏名/姓", "名簿!氏名/名"]


def test_sheets(read: Reading) -> None:
    """Hidden and empty sheets are read; a table needn't begin in the corner."""
    book = openpyxl.Workbook()
    hidden = book.create_sheet("秘密")
    hidden.sheet_state = "veryHidden"
    hidden["C4"], hidden["D4"], hidden["C5"], hidden["D5"] = "番号", "氏名", "7", "山田太郎"
    hidden["Z9"] = "欄外"
    rows = dict(_sheets(read(XlsxReader(), _saved(book), "a.xlsx").rows))
    assert rows['{"sheet":"秘密","row":5}'] == {"秘密!番号": "7", "秘密!氏名": "山田太郎"}
    assert rows['{"sheet":"秘密","row":9}'] == {"秘密!c26": "欄外"}


def test_values(read: Reading) -> None:
    """Numbers, dates, times, truth and formulas are text without a type's ornaments."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["番号", "日時", "時刻", "金額", "可否", "日付"])
    moment = datetime(2024, 1, 2, 3, 4, 5)  # noqa: DTZ001
    sheet.append([123456789012, moment, time(9, 30), 1.5, True, date(2024, 2, 29)])
    (row,) = [values for _, values in _sheets(read(XlsxReader(), _saved(book), "a.xlsx").rows)]
    assert [row[f"Sheet!{name}"] for name in ("番号", "日時", "時刻", "金額", "可否", "日付")] == [
        "123456789012",
        "2024-01-02T03:04:05",
        "09:30:00",
        "1.5",
        "TRUE",
        "2024-02-29",
    ]


def test_formulas(read: Reading) -> None:
    """A formula gives its stored value; one without is told."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("計")
        sheet.write_row(0, 0, ["番号", "氏名"])
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_formula(1, 1, '="山田"&"太郎"', None, "山田太郎")
    found = read(XlsxReader(), file.getvalue(), "a.xlsx")
    assert dict(_sheets(found.rows))['{"sheet":"計","row":2}'] == {
        "計!番号": "2",
        "計!氏名": "山田太郎",
    }
    unsolved = openpyxl.Workbook()
    assert unsolved.active is not None
    unsolved.active["A1"] = "=1+1"
    assert [gap.units for gap in read(XlsxReader(), _saved(unsolved), "a.xlsx").gaps] == [1]


def test_beside_cells(read: Reading) -> None:
    """Comments and the author are read; they name people."""
    book = openpyxl.Workbook()
    book.properties.creator = "山田 太郎"
    assert book.active is not None
    book.active["B2"] = "x"
    book.active["B2"].comment = Comment("佐藤様より", "鈴木")
    rows = dict(read(XlsxReader(), _saved(book), "a.xlsx").rows)
    assert rows['{"part":"properties"}']["Author"] == "山田 太郎"
    assert rows['{"sheet":"Sheet","row":2}'] == {"Sheet!comment": "佐藤様より"}


def test_many_rows(read: Reading) -> None:
    """Thousands of shared texts and rows come through in order."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("s")
        sheet.write_row(0, 0, ["番号", "氏名"])
        for n in range(1, 12_001):
            sheet.write_row(n, 0, [n, f"山田{n}"])
    rows = list(_sheets(read(XlsxReader(), file.getvalue(), "a.xlsx").rows))
    assert rows[-1] == ('{"sheet":"s","row":12001}', {"s!番号": "12000", "s!氏名": "山田12000"})
    assert len(rows) == 12_000


def test_damaged_sheet(roster: bytes) -> None:
    """A sheet that breaks off is told; what stands before is read."""
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(roster)) as old, zipfile.ZipFile(broken, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info, data[:-400] if "sheet1.xml" in info.filename else data)
    found = list(XlsxReader().read(io.BytesIO(broken.getvalue()), "a.xlsx"))
    assert any(getattr(each, "status", None) == "partial" for each in found)


@pytest.mark.parametrize(
    ("number", "code", "look"),
    [
        (14, None, Look.DATE),
        (57, None, Look.DATE),
        (176, '[$-411]ggge"年"m"月"d"日";@', Look.DATE),
        (177, "yyyy/m/d h:mm", Look.DATE),
        (178, "[h]:mm", Look.DURATION),
        (179, '#,##0"円"', Look.PLAIN),
        (180, "[Red]0.00", Look.PLAIN),
        (0, None, Look.PLAIN),
        (181, "G/標準", Look.PLAIN),
        (49, "@", Look.PLAIN),
    ],
)
def test_formats(number: int, code: str | None, look: Look) -> None:
    """Japanese dates are dates, and amounts of yen aren't."""
    assert format_of(number, code).look is look


def _rewritten(data: bytes, part: str, old: str, new: str) -> bytes:
    """Return a workbook of which one part says something else."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, text.decode().replace(old, new) if name == part else text)
    return file.getvalue()


def test_phonetic_runs(read: Reading) -> None:
    """Kana above a cell is text of its own, as PHONETIC() gives it; the cell keeps its value."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Sheet")
        sheet.write_row(0, 0, ["番号", "氏名"])
        sheet.write_row(1, 0, [1, "𠮷田　太郎様"])
    kana = (
        "<t>𠮷田　太郎様</t>"
        '<rPh sb="0" eb="3"><t>ヨシダ</t></rPh><rPh sb="4" eb="6"><t>タロウ</t></rPh>'
    )
    data = _rewritten(file.getvalue(), "xl/sharedStrings.xml", "<t>𠮷田　太郎様</t>", kana)
    rows = [row for row in read(XlsxReader(), data, "a.xlsx").rows if '"row":2' in row[0]]
    assert rows == [
        ('{"sheet":"Sheet","row":2}', {"Sheet!番号": "1", "Sheet!氏名": "𠮷田　太郎様"}),
        ('{"sheet":"Sheet","row":2}', {"Sheet!phonetic": "ヨシダ　タロウ様"}),
    ]


@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
def test_the_year_days_count_from(read: Reading, epoch: datetime) -> None:
    """A date is the same day whether the workbook counts from 1900 or from 1904."""
    book = openpyxl.Workbook()
    book.epoch = epoch
    assert book.active is not None
    days = [date(1904, 2, 1), date(1985, 4, 1), date(2024, 2, 29)]
    book.active.append(["番号", "日付"])
    for number, day in enumerate(days):
        book.active.append([number, day])
    rows = list(_sheets(read(XlsxReader(), _saved(book), "a.xlsx").rows))
    assert [values["Sheet!日付"] for _, values in rows] == [str(day) for day in days]


def test_who_commented(read: Reading) -> None:
    """Who wrote a comment is told with the workbook's author."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "x"
    book.active["A1"].comment = Comment("要確認", "鈴木 一郎")
    rows = dict(read(XlsxReader(), _saved(book), "a.xlsx").rows)
    assert rows['{"part":"properties"}']["ChangedBy"] == "鈴木 一郎"
