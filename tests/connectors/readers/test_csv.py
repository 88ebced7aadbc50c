"""Tables in text: what becomes of their rows, good and bad."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.readers.base import Gap
from connectors.readers.csv import CsvReader

Reading = Callable[..., Any]

PEOPLE = "番号,氏名,電話\n001,髙橋一郎,0312345678\n002,佐藤花子,\n"


def _records(rows: list[tuple[str, dict[str, object]]]) -> dict[str, dict[str, object]]:
    return dict(rows)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_encodings(read: Reading, codec: str) -> None:
    """Values are as written, leading zeros too; an empty cell is null."""
    found = read(CsvReader(), PEOPLE.encode(codec), "a.csv")
    assert found.rows == [
        ('{"row":1}', {"番号": "001", "氏名": "髙橋一郎", "電話": "0312345678"}),
        ('{"row":2}', {"番号": "002", "氏名": "佐藤花子"}),
    ]
    assert not found.gaps


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_delimiters(read: Reading, delimiter: str) -> None:
    """The delimiter is told by the rows, not by the suffix."""
    found = read(CsvReader(), PEOPLE.replace(",", delimiter).encode(), "a.csv")
    assert [len(values) for _, values in found.rows] == [3, 2]


def test_media_type() -> None:
    """A table parted by tabs is TSV whatever it is called."""
    layout = CsvReader().layout(io.BytesIO(PEOPLE.replace(",", "\t").encode()), "a.csv")
    assert layout.media_type == "text/tab-separated-values"


@pytest.mark.parametrize("more", [0, 40_000])
def test_line_breaks(read: Reading, more: int) -> None:
    """A quoted line break belongs to its cell; blank lines and it don't count as records."""
    data = b'id,memo\n1,"a\nb"\n\n\n2,c\r\n3,"d ""e"" f"\n' + b"4,g\n\n" * more
    found = read(CsvReader(), data, "a.csv")
    assert len(found.rows) == 3 + more
    assert found.rows[:3] == [
        ('{"row":1}', {"id": "1", "memo": "a\nb"}),
        ('{"row":2}', {"id": "2", "memo": "c"}),
        ('{"row":3}', {"id": "3", "memo": 'd "e" f'}),
    ]


@pytest.mark.parametrize("more", [0, 40_000])
def test_ragged(read: Reading, more: int) -> None:
    """Too few and too many cells are kept, in columns of their own, and told."""
    data = ("番号,氏名\n1,山田\n2\n3,佐藤,東京,90\n4,鈴木\n" + "5,x\n" * more).encode()
    found = read(CsvReader(), data, "a.csv")
    rows = _records(found.rows)
    assert rows['{"row":2}'] == {"番号": "2"}
    assert rows['{"row":3}'] == {"番号": "3", "氏名": "佐藤", "c3": "東京", "c4": "90"}
    assert rows['{"row":4}'] == {"番号": "4", "氏名": "鈴木"}
    assert [gap.units for gap in found.gaps] == [2]


def test_mostly_ragged(read: Reading) -> None:
    """A table of which nearly every row is ragged is read to its end, in bounded memory."""
    rows = [f"{n},x,{n}" + ",y" * (n % 4) for n in range(30_000)]
    found = read(CsvReader(), ("a,b,c\n" + "\n".join(rows)).encode(), "a.csv")
    assert sorted(int(record[7:-1]) for record, _ in found.rows) == list(range(1, 30_001))
    assert {values["a"] for _, values in found.rows} == {str(n) for n in range(30_000)}


@pytest.mark.parametrize("lines", [3, 20_000])
def test_quote_never_closed(read: Reading, lines: int) -> None:
    """One forgotten quote doesn't swallow the rest of the file."""
    data = 'id,name\n1,"山田\n' + "".join(f"{n},佐藤\n" for n in range(2, lines + 2))
    found = read(CsvReader(), data.encode(), "a.csv")
    rows = _records(found.rows)
    assert len(rows) == lines + 1
    assert rows['{"row":1}'] == {"id": "1", "name": '"山田'}
    assert rows[f'{{"row":{lines + 1}}}'] == {"id": str(lines + 1), "name": "佐藤"}
    assert [gap.units for gap in found.gaps] == [1]


def test_quote_within(read: Reading) -> None:
    """A quote that stands within a cell is a character."""
    found = read(CsvReader(), b'id,item\n1,5" disk\n2,plain\n', "a.csv")
    assert found.rows[0][1]["item"] == '5" disk'
    assert not found.gaps


def test_backslashes(read: Reading) -> None:
    """Quotes escaped by a backslash are read as the database meant them."""
    found = read(CsvReader(), b'id,memo\n1,"say \\"hi\\", he"\n2,"x"\n', "a.csv")
    assert found.rows[0][1]["memo"] == 'say "hi", he'


def test_no_header(read: Reading) -> None:
    """Without a header no row is lost."""
    found = read(CsvReader(), "山田太郎,1985-04-01\n佐藤花子,1990-05-02\n".encode("cp932"), "a.csv")
    assert found.rows[0] == ('{"row":1}', {"c1": "山田太郎", "c2": "1985-04-01"})


def test_titles_are_read(read: Reading) -> None:
    """Lines above the header are read too, under their own numbers."""
    data = (
        "会員名簿,,,\n作成者,山田太郎,,\n番号,氏名,生年月日,電話\n1,佐藤,1985-04-01,03-1234-5678\n"
    )
    found = read(CsvReader(), data.encode(), "a.csv")
    assert found.rows[0][0] == '{"row":1}'
    assert found.texts() == {'{"line":1}': "会員名簿,,,", '{"line":2}': "作成者,山田太郎,,"}


def test_undecodable(read: Reading) -> None:
    """A byte that is no character stays visible in its cell, and is told."""
    data = "番号,氏名\n1,山田太郎\n2,佐".encode("cp932") + b"\x93\n3,x\n"
    found = read(CsvReader(), data, "a.csv")
    assert _records(found.rows)['{"row":2}']["氏名"] == "佐\\x93"
    assert [gap.units for gap in found.gaps] == [1]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"id,name\n", b"id,name"])
def test_nothing_to_read(read: Reading, data: bytes) -> None:
    """An empty table has no records and nothing is missing."""
    found = read(CsvReader(), data, "a.csv")
    assert (found.rows, found.gaps) == ([], [])


def test_huge_cell(read: Reading) -> None:
    """A record larger than a block is read the patient way, and those before it only once."""
    data = b"id,memo\n" + b"1,a\n" * 5 + b'2,"' + b"x\n" * 300_000 + b'"\n' + b"3,z\n" * 5
    found = read(CsvReader(), data + b'4,"' + b"y" * 6_000_000 + b'"\n', "a.csv")
    numbers = [int(record[7:-1]) for record, _ in found.rows]
    assert len(set(numbers)) == len(numbers)
    assert max(len(str(values.get("memo"))) for _, values in found.rows) == 6_000_000


CELL = st.text(alphabet="ab,\"'\n 1山", max_size=5)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=12),
    st.sampled_from([1, 4000]),
)
def test_what_csv_writes_is_read(rows: list[list[str]], before: int) -> None:
    """Whatever Python's writer writes comes back cell by cell, in small files and large."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    usual = [["1", "山", "03-1234-5678", "x" * 20]] * before
    writer.writerows([["番号", "氏名", "電話番号", "備考"], *usual, *([*row, ""] for row in rows)])
    pieces = list(CsvReader().read(io.BytesIO(written.getvalue().encode()), "a.csv"))
    read = [row for each in pieces if not isinstance(each, Gap) for row in each.values.to_pylist()]
    cells = [list(row.values())[:3] for row in read][before:]
    assert cells == [[cell or None for cell in row] for row in rows]
