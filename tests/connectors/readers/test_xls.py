"""Workbooks of before 2007, made with xlwt."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
import xlwt

from connectors.errors import Damaged
from connectors.place import Status
from connectors.readers.media import media_type
from connectors.readers.xls import XlsReader

Reading = Callable[..., Any]


def saved(book: xlwt.Workbook) -> bytes:
    """Return the bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def style(code: str) -> xlwt.XFStyle:
    """Return a number format."""
    return xlwt.easyxf(num_format_str=code)


@pytest.fixture
def roster() -> bytes:
    """A 名簿 with a title, merged headers, a hidden row and sheet, dates and padded numbers."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("名簿")
    sheet.write_merge(0, 0, 0, 4, "社員名簿")
    sheet.write_merge(2, 3, 0, 0, "番号")
    sheet.write_merge(2, 2, 1, 2, "氏名")
    sheet.write_merge(2, 3, 3, 3, "生年月日")
    sheet.write_merge(2, 3, 4, 4, "電話")
    sheet.write(3, 1, "姓")
    sheet.write(3, 2, "名")
    for row, given in enumerate(["太郎", "花子"], 4):
        cells = (row - 3, "髙橋", given)
        for at, cell in enumerate(cells):
            sheet.write(row, at, cell)
        sheet.write(row, 3, date(1985, 4, row), style('ggge"年"m"月"d"日"'))
        sheet.write(row, 4, 9012345678, style("000-0000-0000"))
    sheet.row(5).hidden = True
    hidden = book.add_sheet("秘密")
    hidden.visibility = 2
    hidden.write(0, 0, "𠮷野家")
    return saved(book)


def test_roster(read: Reading, roster: bytes) -> None:
    """Fields, rows and values are those that the same workbook gives as .xlsx."""
    found = read(XlsReader(), roster, "名簿.xls")
    rows = dict(found.rows)
    assert rows['{"sheet":"名簿","row":5}'] == {
        "名簿!番号": "1",
        "名簿!氏名/姓": "髙橋",
        "名簿!氏名/名": "太郎",
        "名簿!生年月日": "1985-04-04",
        "名簿!電話": "090-1234-5678",
    }
    assert rows['{"sheet":"名簿","row":6}']["名簿!氏名/名"] == "花子"
    assert rows['{"sheet":"名簿","row":1}'] == {"名簿!text": "社員名簿"}
    assert "𠮷野家" in str(rows)
    assert not found.gaps


def test_layout(roster: bytes) -> None:
    """The fields are told beforehand, and the bytes tell the kind whatever the name."""
    layout = XlsReader().layout(io.BytesIO(roster), "名簿.xls")
    assert [field.name for field in layout.fields][1:3] == ["名簿!氏名/姓", "名簿!氏名/名"]
    assert media_type(io.BytesIO(roster), "名簿.xlsx") == "application/vnd.ms-excel"


@pytest.mark.parametrize("dates_since_1904", [False, True])
def test_values(read: Reading, dates_since_1904: bool) -> None:
    """Numbers, truth and moments are text as in .xlsx, whichever year days count from."""
    book = xlwt.Workbook()
    book.dates_1904 = dates_since_1904
    sheet = book.add_sheet("s")
    for at, name in enumerate(["番号", "日時", "時刻", "金額", "可否"]):
        sheet.write(0, at, name)
    sheet.write(1, 0, 123456789012)
    sheet.write(1, 1, datetime(2024, 1, 2, 3, 4, 5), style("yyyy/m/d h:mm"))  # noqa: DTZ001
    sheet.write(1, 2, time(9, 30), style("h:mm"))
    sheet.write(1, 3, 1.5)
    sheet.write(1, 4, True)
    [(_, row)] = read(XlsReader(), saved(book), "a.xls").rows
    assert list(row.values()) == ["123456789012", "2024-01-02T03:04:05", "09:30:00", "1.5", "TRUE"]


@pytest.mark.parametrize("seed", range(12))
def test_broken_bytes_are_damage(roster: bytes, seed: int) -> None:
    """A workbook that is cut or overwritten raises nothing but ``Damaged``."""
    cut = roster[: len(roster) - 400 * seed - 1] if seed % 2 else roster
    at = 512 + 97 * seed
    broken = cut[:at] + bytes([seed * 21 % 256]) * 40 + cut[at + 40 :]
    with contextlib.suppress(Damaged):
        list(XlsReader().read(io.BytesIO(broken), "a.xls"))


def test_what_is_no_workbook_is_damaged() -> None:
    """An OLE file without a workbook is damaged."""
    with pytest.raises(Damaged, match="repair"):
        list(XlsReader().read(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "a"))


def test_gaps_have_a_status(read: Reading, roster: bytes) -> None:
    """A workbook read wholly has no gaps."""
    assert [gap for gap in read(XlsReader(), roster).gaps if gap.status is not Status.READ] == []
