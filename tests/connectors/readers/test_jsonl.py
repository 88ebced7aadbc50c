"""JSON and JSON lines: records, nested fields, damage."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from connectors.readers.jsonl import JsonlReader, JsonReader

Reading = Callable[..., Any]


def test_lines(read: Reading) -> None:
    """A line is a record; blank ones don't count, numbers stay as written."""
    data = '{"id":1.10,"名":"山田"}\n\n{"id":123456789012345678901,"ok":true,"x":null}\n'.encode()
    assert read(JsonlReader(), data, "a.jsonl").rows == [
        ('{"row":1}', {"id": "1.10", "名": "山田"}),
        ('{"row":2}', {"id": "123456789012345678901", "ok": "true"}),
    ]


def test_bad_lines(read: Reading) -> None:
    """A line that isn't JSON is told with its number, and the others keep theirs."""
    found = read(JsonlReader(), b'{"a":1}\nnonsense\n{"a":3}\n{"a":\n', "a.jsonl")
    assert [record for record, _ in found.rows] == ['{"row":1}', '{"row":3}']
    assert [(gap.units, "2, 4" in gap.reason) for gap in found.gaps] == [(2, True)]


def test_names_that_recur(read: Reading) -> None:
    """An object may have two members of one name: no value is dropped."""
    twice = '{"氏名":"佐藤花子","氏名":"鈴木一郎","a":{"b":1,"b":2}}'
    row = {"氏名": "佐藤花子", "氏名#2": "鈴木一郎", "a.b": "1", "a.b#2": "2"}
    assert read(JsonlReader(), twice.encode(), "a.jsonl").rows == [('{"row":1}', row)]
    assert read(JsonReader(), f"[{twice}]".encode(), "a.json").rows == [('{"row":1}', row)]


def test_nested(read: Reading) -> None:
    """Objects become dotted fields, and the values of a list stand one a line."""
    data = json.dumps({"a": {"b": [{"c": "x"}, {"c": None}, {"c": "y"}]}, "l": [1, [2, 3]]})
    found = read(JsonlReader(), data.encode(), "a.jsonl")
    assert found.rows == [('{"row":1}', {"a.b[].c": "x\ny", "l[]": "1", "l[][]": "2\n3"})]


def test_a_line_nested_without_end(read: Reading) -> None:
    """A line made to break readers is told like any other that isn't JSON."""
    deep = '{"a":' + "[" * 90_000 + "]" * 90_000 + "}"
    found = read(JsonlReader(), f'{{"a":1}}\n{deep}\n{{"a":3}}\n'.encode(), "a.jsonl")
    assert [record for record, _ in found.rows] == ['{"row":1}', '{"row":3}']
    assert [gap.units for gap in found.gaps] == [1]


def test_half_a_character(read: Reading) -> None:
    """Half of a surrogate pair, as cutting a text makes, doesn't lose the rest of its value."""
    found = read(JsonlReader(), b'{"a":"\\ud83d abc"}\n', "a.jsonl")
    assert "abc" in found.rows[0][1]["a"]


def test_fields_that_come_late(read: Reading) -> None:
    """A field that only later lines have is read all the same."""
    lines = ['{"a":1}'] * 6000 + ['{"b":2}']
    assert read(JsonlReader(), "\n".join(lines).encode(), "a.jsonl").rows[-1][1] == {"b": "2"}


def test_very_many_fields(read: Reading) -> None:
    """Keys that are data don't make a column each without end; their values are read."""
    data = json.dumps({f"k{n}": f"v{n}" for n in range(3000)})
    found = read(JsonlReader(), data.encode(), "a.jsonl")
    assert "v2999" in str(found.rows[0][1])
    assert len(found.gaps) == 1


@pytest.mark.parametrize("codec", ["utf-8-sig", "cp932", "utf-16"])
def test_array(read: Reading, codec: str) -> None:
    """The elements of a top array are records by number."""
    data = '[{"名":"山田"},\n {"名":"佐藤"}]'.encode(codec)
    rows = read(JsonReader(), data, "a.json").rows
    assert rows == [('{"row":1}', {"名": "山田"}), ('{"row":2}', {"名": "佐藤"})]


def test_long_array(read: Reading) -> None:
    """An array of any length is read element by element."""
    data = json.dumps([{"n": n, "text": "x" * 50} for n in range(20_000)]).encode()
    rows = read(JsonReader(), data, "a.json").rows
    assert [values["n"] for _, values in rows] == [str(n) for n in range(20_000)]


def test_document(read: Reading) -> None:
    """In any other JSON an object in a list is found by its pointer."""
    data = {"meta": {"v": 1}, "users": [{"name": "a", "tags": [{"t": 1}, {"t": 2}]}, {"name": "b"}]}
    data["g"] = {"a/b~": [{"z": 1}]}
    assert read(JsonReader(), json.dumps(data).encode(), "a.json").rows == [
        ('{"pointer":""}', {"meta.v": "1"}),
        ('{"pointer":"/users/0"}', {"users[].name": "a", "users[].tags[].t": "1\n2"}),
        ('{"pointer":"/users/1"}', {"users[].name": "b"}),
        ('{"pointer":"/g/a~1b~0/0"}', {"g.a/b~[].z": "1"}),
    ]


def test_several_documents(read: Reading) -> None:
    """Objects one after the other are records even without line ends between them."""
    assert len(read(JsonReader(), b'{"a":1}{"a":2}\n\n{"a":\n3}', "a.json").rows) == 3


def test_broken_array(read: Reading) -> None:
    """What stands before the damage is read, and the damage is told."""
    found = read(JsonReader(), b'[{"a":1},{"a":2},{"a', "a.json")
    assert [values["a"] for _, values in found.rows] == ["1", "2"]
    assert [gap.status for gap in found.gaps] == ["partial"]


def test_layout_of_a_cut_head() -> None:
    """The head of a long array tells its fields though it ends within an element."""
    data = json.dumps([{"n": n, "text": "x" * 50} for n in range(20_000)]).encode()
    layout = JsonReader().layout(io.BytesIO(data), "a.json")
    assert [field.name for field in layout.fields] == ["n", "text"]
