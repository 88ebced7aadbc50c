"""What SQL stores share."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.options import Options
from connectors.place import Partition, Status, Unread
from connectors.sql import SqlSource, Table, counted, decoded, misread, quoted, sliced


class Shelf(SqlSource):
    """A source of three tables that hold nothing; ``asked`` counts its listings."""

    asked = 0

    def check(self) -> str:
        """Nothing to reach."""
        return ""

    def tables(self, chosen: Callable[[str], bool]) -> list[Table | Unread]:
        """List what is chosen."""
        self.asked += 1
        found = [Table(name, "crm", "table", ()) for name in ("customers", "customers_old", "x")]
        return [one for one in found if chosen(one.dataset)]

    def read(self, partition: Partition) -> object:  # type: ignore[override]
        """Nothing to read."""


@pytest.mark.parametrize(
    ("include", "exclude", "names"),
    [
        ([], [], ["crm.customers", "crm.customers_old", "crm.x"]),
        (["crm.cust*"], ["*_old"], ["crm.customers"]),
        (["CRM.*"], [], []),
        ([], ["crm.*"], []),
    ],
)
def test_choosing(include: list[str], exclude: list[str], names: list[str]) -> None:
    """Patterns are matched with case; without ``include`` everything is asked for."""
    shelf = Shelf("x", "shelf://", Options(b"", tuple(include), tuple(exclude)))
    assert [one.name for one in shelf.datasets()] == names  # type: ignore[union-attr]


def test_a_listed_table_is_remembered() -> None:
    """Reading what was listed asks the catalogue nothing again; what is unknown is told."""
    shelf = Shelf("x", "shelf://")
    list(shelf.datasets())
    assert isinstance(shelf.table("crm.x"), Table)
    assert shelf.asked == 1
    gone = shelf.table("crm.gone")
    assert isinstance(gone, Unread)
    assert gone.status is Status.FAILED


@given(st.text())
def test_quoting_can_be_undone(name: str) -> None:
    """A quoted identifier holds exactly the name."""
    inside = quoted(name)[1:-1]
    assert inside.replace('""', "") == name.replace('"', "")
    assert inside.replace('""', '"') == name


@given(st.lists(st.one_of(st.none(), st.binary(), st.text().map(str.encode))))
def test_decoding_reads_everything(values: list[bytes | None]) -> None:
    """Bytes of any kind become text; UTF-8 stays what it is, the rest is counted."""
    read = decoded(pa.array(values, pa.binary()))
    texts = read.text.to_pylist()
    odd = [value for value in values if value is not None and not _is_utf8(value)]
    assert read.guessed + read.garbled == len(odd)
    for value, text in zip(values, texts, strict=True):
        assert (value is None) == (text is None)
        assert value is None or not _is_utf8(value) or text == value.decode()


@given(st.integers(0, 50), st.integers(1, 7))
def test_slices_lose_nothing(rows: int, most: int) -> None:
    """Pieces are bounded and together the whole."""
    batch = pa.RecordBatch.from_pydict({"n": list(range(rows))})
    pieces = list(sliced(batch, most))
    assert all(0 < piece.num_rows <= most for piece in pieces)
    assert [n for piece in pieces for n in piece["n"].to_pylist()] == list(range(rows))


def test_words() -> None:
    """Counts are said in words that fit them."""
    table, view = Table("t", "", "table", ()), Table("v", "", "view", ())
    unread = Unread("u", Status.SKIPPED, "permission denied")
    assert counted([]) == "0 tables"
    assert counted([table]) == "1 table"
    assert counted([table, table, view, unread]) == "2 tables, 1 view, 1 not readable"
    assert misread(0, 0) == ""
    assert misread(2, 1) == "3 values aren't UTF-8: 2 read as CP932, 1 with \\x.. for bytes"


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True
