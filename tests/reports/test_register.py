"""The register of personal data holds what auditors ask for, and nothing in it is a formula."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports import register
from reports.business import Business
from reports.holdings import Tables
from reports.register.entry import BY_HAND, COLUMNS
from reports.words import label
from tests.reports import sample

_FILL = "要記入"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the sample's register."""
    path = tmp_path_factory.mktemp("register") / "台帳.xlsx"
    business = sample.business()
    return register.write(
        sample.inventory(), path, made=sample.MADE, business=business, seal=sample.SEAL
    )


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    """Open it as a spreadsheet program would."""
    return load_workbook(path)


def _entries(sheet: Worksheet) -> dict[str, dict[str, object]]:
    heading, *rows = sheet.iter_rows(values_only=True)
    entries = [dict(zip(heading, row, strict=True)) for row in rows]
    return {str(one["データの名称"]): one for one in entries}  # type: ignore[misc]


def test_it_has_the_sheets_of_a_register(book: Workbook) -> None:
    """Cover, register, fields, datasets to decide about, and what was not read."""
    assert book.sheetnames == ["表紙", "台帳", "項目一覧", "要判定", "読めなかったところ"]


def test_it_has_a_row_for_every_dataset_about_persons(book: Workbook) -> None:
    """Fourteen of the sixty; a supplier's phone or a product makes no entry."""
    entries = _entries(book["台帳"])
    assert len(entries) == 14
    assert "suppliers" not in entries
    assert set(_entries(book["要判定"])) == {"public.reviews", "ログ/access_*.jsonl"}


def test_an_entry_says_what_is_known(book: Workbook) -> None:
    """Items, class, records, purposes in words, owner, retention, access, reviews."""
    entry = _entries(book["台帳"])["employees"]
    assert str(entry["個人データの項目"]).split("\n")[0] == "個人番号"
    assert entry["対象者の区分"] == "従業者"
    assert entry["件数"] == 842
    assert entry["利用目的"] == "従業者の雇用管理、給与の支払および社会保険の手続のため"
    assert entry["管理部署・責任者"] == "人事部"
    assert entry["保管期間"] == "取引終了後5年"
    assert entry["個人番号"] == "有"
    assert "労務係争中" in str(entry["備考"])
    assert entry["最終確認日"] == datetime(2026, 11, 20)  # noqa: DTZ001 (a day in Japan)


def test_what_no_scan_can_know_is_left_to_people(book: Workbook) -> None:
    """How it was obtained, to whom it is given, how it is disposed of: 要記入."""
    for entry in _entries(book["台帳"]).values():
        assert {entry[label(term)] for term in BY_HAND} == {_FILL}


def test_absence_is_never_claimed(book: Workbook) -> None:
    """A scan that found no My Number doesn't say that there is none."""
    entry = _entries(book["台帳"])["customers"]
    assert entry["個人番号"] == entry["個人識別符号"] == "検出なし"
    assert entry["要配慮個人情報"] == _FILL


def test_data_held_for_a_client_is_marked(book: Workbook) -> None:
    """What isn't the company's own to disclose says whose it is."""
    assert _entries(book["台帳"])["public.members"]["保有個人データ"] == "受託：有限会社となり屋"


def test_open_and_unread_datasets_are_noted(book: Workbook) -> None:
    """Whoever reads the entry alone is told what is wrong with it."""
    note = str(_entries(book["台帳"])["inquiries"]["備考"])
    assert "誰でも閲覧可" in note
    assert "読めなかったところ 1か所" in note


def test_no_cell_is_a_formula_or_a_link(book: Workbook, path: Path) -> None:
    """Names from sources stay text, now and after somebody edits the cell."""
    hostile = [
        c for sheet in book for row in sheet.iter_rows() for c in row if "HYPERLINK" in str(c.value)
    ]
    assert hostile
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in hostile)
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    with zipfile.ZipFile(path) as package:
        sheets = [name for name in package.namelist() if "worksheets/" in name]
        assert not [one for one in sheets if b"<hyperlink" in package.read(one)]


@pytest.mark.parametrize("name", ["台帳", "項目一覧", "読めなかったところ"])
def test_tables_can_be_read_and_printed(book: Workbook, name: str) -> None:
    """The heading stays in sight and on every page; filters; A4 on its side."""
    sheet = book[name]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_cols == "$A:$B"


def test_cells_to_fill_in_are_marked_until_filled(book: Workbook) -> None:
    """The colour follows the word, so that it goes when the word goes."""
    rules = [rule for rules in book["台帳"].conditional_formatting for rule in rules.rules]
    assert [rule.formula for rule in rules] == [[f'"{_FILL}"']]


def test_the_cover_says_whose_when_and_what_is_missing(book: Workbook) -> None:
    """Company, time in Japan, scans, and the parts that were not read."""
    words = "\n".join(str(c.value) for row in book["表紙"].iter_rows() for c in row if c.value)
    for word in (
        "株式会社みほん商会",
        "2026-11-20 10:30",
        "一部未読",
        "6か所を読めませんでした",
        "share",
    ):
        assert word in words


def test_fields_and_unread_parts_are_listed(book: Workbook) -> None:
    """The appendices hold every field and every part, with the id to review it by."""
    assert book["項目一覧"].max_row == 1 + 80
    assert book["読めなかったところ"].max_row == 1 + 6
    assert str(book["項目一覧"].cell(2, 12).value).startswith("f_")


def test_sealed_names_are_masked(book: Workbook) -> None:
    """A file named after a person is listed without the person."""
    words = {str(c.value) for sheet in book for row in sheet.iter_rows() for c in row}
    assert "採＊＊＊/見＊＊＊.docx" in words
    assert not [word for word in words if "見本花子" in word or '"enc"' in word]


def test_it_comes_in_english(tmp_path: Path) -> None:
    """The same by a switch."""
    file = register.write(sample.inventory(), tmp_path / "r.xlsx", made=sample.MADE, language="en")
    sheet = load_workbook(file)["Register"]
    assert [cell.value for cell in sheet[1]] == [label(term, "en") for term in COLUMNS]


def test_an_empty_inventory_gives_an_empty_register(tmp_path: Path) -> None:
    """Before the first scan there is a register without entries, not an error."""
    file = register.write(
        Tables.empty(), tmp_path / "r.xlsx", made=sample.MADE, business=Business()
    )
    book = load_workbook(file)
    assert book.sheetnames == ["表紙", "台帳", "項目一覧", "読めなかったところ"]
    assert book["台帳"].max_row == 1
