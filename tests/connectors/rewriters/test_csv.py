"""Tables in text, written again: what goes, and that all else stays to the byte."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from connectors.change import Why
from connectors.readers.csv_plan import Plan, plan
from tests.rewriting import Rows, is_without, records, rewritten

CSV = "text/csv"
HEADER = "番号,氏名,電話,備考"
#: Rows that make a file larger than a reader's head, so that Arrow reads it.
MANY = 2_400

_text = st.text(st.sampled_from("あ髙表ソ能 a1-①,;|'\\"), max_size=6)
_quotable = st.text(st.sampled_from('あ髙表ソ a,\n\r"|'), max_size=8)
_codec = st.sampled_from(["utf-8", "utf-8-sig", "cp932", "euc-jp", "utf-16", "iso2022_jp"])
_break = st.sampled_from(["\n", "\r\n", "\r"])


@dataclass(frozen=True)
class Table:
    """A file: what precedes its records, each record, the blank lines before each."""

    start: bytes
    parts: Sequence[tuple[bytes, bytes]]

    @property
    def data(self) -> bytes:
        """Return the whole file."""
        return self.start + b"".join(blank + record for blank, record in self.parts)

    def without(self, number: int) -> bytes:
        """Return the file without one record."""
        parts = [
            blank + (b"" if at == number else record)
            for at, (blank, record) in enumerate(self.parts, 1)
        ]
        return self.start + b"".join(parts)


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    codec, end = draw(_codec), draw(_break)
    wide = {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}.get(codec, codec)
    titles = draw(st.sampled_from(["", f"顧客名簿{end}", f"顧客名簿{end}{end}"]))
    start = (titles + HEADER + end).encode(codec, "ignore")
    parts = []
    for _ in range(draw(st.integers(1, 6))):
        blank = draw(st.sampled_from(["", "", end, end + end])).encode(wide)
        parts.append(
            (
                blank,
                (draw(_record()) + draw(st.sampled_from([end, end, "\n"]))).encode(wide, "ignore"),
            )
        )
    if draw(st.booleans()):
        blank, last = parts[-1]
        parts[-1] = (blank, last.removesuffix("\n".encode(wide)).removesuffix("\r".encode(wide)))
    return Table(start, parts)


@st.composite
def _record(draw: st.DrawFn) -> str:
    """Write a record as RFC 4180 has it, ragged at times, quotes where needed or not."""
    number = str(draw(st.integers(100, 999)))
    rest = draw(st.lists(st.one_of(_plain(), _quoted()), min_size=2, max_size=4))
    return ",".join([number, *rest])


def _plain() -> st.SearchStrategy[str]:
    return _text.map(lambda text: text.replace(",", ""))


def _quoted() -> st.SearchStrategy[str]:
    return _quotable.map(lambda text: '"' + text.replace('"', '""') + '"')


def _plan(data: bytes) -> Plan:
    return plan(io.BytesIO(data), "a")


def _rows(found: Rows) -> list[dict[str, object]]:
    """Return the values of records in the file's order; a reader gives ragged ones apart."""
    rows = {json.loads(name)["row"]: values for name, values in found if "row" in name}
    return [rows[number] for number in sorted(rows)]


def _names(number: int) -> str:
    return f'{{"row":{number}}}'


def _same_plan(one: bytes, other: bytes) -> bool:
    """Say whether both are read alike: a header may not be seen as one without its body."""
    a, b = _plan(one), _plan(other)
    return (a.names, a.dialect, a.skip, a.guess.codec) == (
        b.names,
        b.dialect,
        b.skip,
        b.guess.codec,
    )


@settings(max_examples=70, deadline=None)
@given(table=_tables(), data=st.data())
def test_a_record_goes_and_nothing_else(table: Table, data: st.DataObject) -> None:
    """Cutting record n leaves every other byte, and the reader finds all records but that."""
    found = _plan(table.data)
    before = _rows(records(CSV, table.data))
    assume(len(before) == len(table.parts) and found.names[0] == "番号")
    number = data.draw(st.integers(1, len(before)))
    new, done = rewritten(CSV, table.data, {_names(number): None})
    assert not done.refused
    assert new == table.without(number)
    if _same_plan(table.data, new):
        after = records(CSV, new)
        assert _rows(after) == before[: number - 1] + before[number:]
        assert done.rows == len(after)


@settings(max_examples=70, deadline=None)
@given(table=_tables(), data=st.data())
def test_a_cell_changes_and_nothing_else(table: Table, data: st.DataObject) -> None:
    """A blanked or corrected cell is all that the reader sees changed, and all that is."""
    found = _plan(table.data)
    before = _rows(records(CSV, table.data))
    assume(len(before) == len(table.parts) and found.names[0] == "番号")
    number = data.draw(st.integers(1, len(before)))
    field = data.draw(st.sampled_from(sorted(before[number - 1])))
    value = data.draw(st.sampled_from([None, "", "表ソ", '"', "a,b\r\nc", "x"]))
    new, done = rewritten(CSV, table.data, {_names(number): {field: value}})
    assert not done.refused
    start = len(table.start) + sum(map(len, sum(table.parts[: number - 1], ())))
    end = start + sum(map(len, table.parts[number - 1]))
    assert new.startswith(table.data[:start])
    assert new.endswith(table.data[end:])
    if _same_plan(table.data, new):
        changed = {**before[number - 1], field: value or None}
        expected = {name: text for name, text in changed.items() if text is not None}
        assert _rows(records(CSV, new)) == [*before[: number - 1], expected, *before[number:]]


_wild = st.text(st.sampled_from("あa1\",,\n\n\r'|"), max_size=60)


@settings(max_examples=200, deadline=None)
@given(text=_wild, codec=st.sampled_from(["utf-8", "cp932", "utf-16"]), data=st.data())
def test_wild_tables(text: str, codec: str, data: st.DataObject) -> None:
    """However broken its quotes, a record of the reader's is what goes."""
    table = f"{HEADER}\n1,山田,03,x\n{text}".encode(codec)
    _check_cut(table, data)


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=_wild, before=st.booleans(), data=st.data())
def test_wild_large_tables(text: str, before: bool, data: st.DataObject) -> None:
    """In a file that Arrow reads, what two parsers read in two ways is refused, never guessed."""
    many = f'1,山田,03,"x,\n{"y" * 50}"\n' * MANY
    body = f"{text}\n{many}" if before else f"{many}{text}"
    _check_cut(f"{HEADER}\n{body}".encode("cp932"), data)


def _check_cut(table: bytes, data: st.DataObject) -> None:
    before = records(CSV, table)
    rows = [name for name, _ in before if "row" in name]
    name = data.draw(st.sampled_from([rows[0], rows[-1], *rows[:20], *rows[-20:]]))
    new, done = rewritten(CSV, table, {name: None})
    if done.refused:
        assert done.refused[0].why is Why.BY_HAND
        return
    assert is_without(table, new)
    if _same_plan(table, new):
        number = json.loads(name)["row"]
        rows_before = _rows(before)
        assert _rows(records(CSV, new)) == rows_before[: number - 1] + rows_before[number:]
        assert done.rows == len(records(CSV, new))


TABLE = '番号,氏名,メモ\r\n1,山田,"a\r\nb"\r\n2,髙橋,\'\r\n'.encode("cp932")


def test_new_values_are_written_as_their_neighbours() -> None:
    """Quotes stay where they were and come where they must; the encoding stays CP932."""
    new, done = rewritten(CSV, TABLE, {_names(1): {"氏名": "佐藤,①", "メモ": None}})
    assert not done.refused
    assert new.decode("cp932") == '番号,氏名,メモ\r\n1,"佐藤,①",""\r\n2,髙橋,\'\r\n'


@pytest.mark.parametrize(
    ("edits", "why"),
    [
        ({_names(3): None}, Why.GONE),
        ({'{"sheet":"a","row":1}': None}, Why.GONE),
        ({"no name": None}, Why.GONE),
        ({_names(1): {"電話": "x"}}, Why.NO_FIELD),
        ({_names(1): {"氏名": "김"}}, Why.WRONG_TYPE),
    ],
)
def test_refused(edits: dict[str, dict[str, str | None] | None], why: Why) -> None:
    """What can't be done is told with its reason, and nothing is written."""
    new, done = rewritten(CSV, TABLE, edits)
    assert [each.why for each in done.refused] == [why]
    assert not new


def test_the_only_cell_of_a_line() -> None:
    """A blanked cell that was all of its line becomes a quoted one: the record stays."""
    data = "氏名\n山田太郎\n髙橋一郎\n".encode()
    new, done = rewritten(CSV, data, {_names(1): {"氏名": None}})
    assert (new, done.rows) == ('氏名\n""\n髙橋一郎\n'.encode(), 2)


def test_lines_above_the_header() -> None:
    """A title is cut or written as a line; its records are counted apart."""
    data = f"顧客名簿,,\r\n担当 山田,,\r\n{HEADER}\r\n1,a,b,c\r\n2,d,e,f\r\n".encode()
    names = [name for name, _ in records(CSV, data) if "line" in name]
    assert names == ['{"line":1}', '{"line":2}']
    new, done = rewritten(CSV, data, {names[1]: {"text": "担当 -"}, _names(1): None})
    assert new == f"顧客名簿,,\r\n担当 -\r\n{HEADER}\r\n2,d,e,f\r\n".encode()
    assert done.rows == 3
    assert rewritten(CSV, data, {names[1]: None})[0] == data.replace(
        "担当 山田,,\r\n".encode(), b""
    )


def test_a_record_in_another_encoding_than_its_file() -> None:
    """It is cut and blanked as any; what could only be written in mixed encodings is refused."""
    data = "番号,氏名\r\n1,山田太郎\r\n2,髙橋\r\n".encode("cp932") + "3,佐藤花子\r\n".encode()
    assert rewritten(CSV, data, {_names(3): {"氏名": None}})[0].endswith(b"\r\n3,\r\n")
    _, done = rewritten(CSV, data, {_names(3): {"氏名": "佐藤"}})
    assert [each.why for each in done.refused] == [Why.BY_HAND]


@pytest.mark.slow
@pytest.mark.parametrize("codec", ["utf-8", "cp932", "utf-16"])
def test_large_tables(codec: str) -> None:
    """Records far apart in a file of several blocks go, and only their bytes."""
    lines = [f'{number},山田,"{number},\r\n{"x" * 90}"\r\n' for number in range(100_000)]
    cut = {1, 2, 77_777, 100_000}
    head = HEADER.replace(",備考", "") + "\r\n"
    data = (head + "".join(lines)).encode(codec)
    kept = [line for number, line in enumerate(lines, 1) if number not in cut]
    new, done = rewritten(CSV, data, {_names(number): None for number in cut})
    assert (new == (head + "".join(kept)).encode(codec), done.rows) == (True, 99_996)
