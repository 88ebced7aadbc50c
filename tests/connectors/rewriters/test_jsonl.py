"""JSON lines, written again: which lines and values go, and that all else stays to the byte."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.change import Why
from tests.rewriting import records, rewritten

JSONL = "application/jsonl"
_leaf = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-9, 99),
    st.text(st.sampled_from('あ髙"\\ a\n{'), max_size=5),
)
_keys = st.sampled_from(["id", "名前", "a.b", "[]", "x"])
_value = st.recursive(
    _leaf,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_keys, inner, max_size=3)),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(
    values=st.lists(st.dictionaries(_keys, _value, min_size=1, max_size=4), min_size=1, max_size=5),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "cp932", "utf-16"]),
    spaced=st.booleans(),
    escaped=st.booleans(),
    data=st.data(),
)
def test_only_what_is_named_changes(
    values: list[dict[str, object]], codec: str, spaced: bool, escaped: bool, data: st.DataObject
) -> None:
    """A cut line goes; a blanked field is null, and the reader sees every other value as before."""
    separators = (" , ", " : ") if spaced else (",", ":")
    texts = [json.dumps(one, ensure_ascii=escaped, separators=separators) for one in values]
    whole = '{"first":"髙橋"}\n' + "\n\n".join(texts)
    before = records(JSONL, whole.encode(codec), "a.jsonl")
    name, row = data.draw(st.sampled_from(before))
    number = int(json.loads(name)["row"]) - 1
    new, done = rewritten(JSONL, whole.encode(codec), {name: None}, "a.jsonl")
    assert not done.refused
    assert done.rows == len(before) - 1
    assert [one for _, one in records(JSONL, new)] == [
        one for at, (_, one) in enumerate(before) if at != number
    ]
    if not row:
        return
    field = data.draw(st.sampled_from(sorted(row)))
    new, done = rewritten(JSONL, whole.encode(codec), {name: {field: None}}, "a.jsonl")
    assert not done.refused
    after = dict(records(JSONL, new))
    kept = {at: text for at, text in row.items() if at != field}
    assert after == {**dict(before), name: kept}


LINES = '{"id": 1, "名": "山田", "tel": ["03", "090"], "ok": true}\r\n\r\nno json\r\n{"id":2}\r\n'


def test_every_other_byte_stays() -> None:
    """Values are written over where they stand, of the kind they were."""
    edits = {'{"row":1}': {"id": "7", "名": "佐藤", "tel[]": "a\nb", "ok": None}}
    new, done = rewritten(JSONL, LINES.encode("cp932"), edits)
    assert not done.refused
    first = '{"id": 7, "名": "佐藤", "tel": ["a", "b"], "ok": null}'
    assert new.decode("cp932") == first + LINES[LINES.index("\r") :]
    assert done.rows == 2


def test_what_the_encoding_lacks_is_escaped() -> None:
    """A character outside the file's encoding is written as an escape of JSON."""
    new, done = rewritten(JSONL, LINES.encode("cp932"), {'{"row":1}': {"名": "김"}})
    assert not done.refused
    assert b'"\\uae40"' in new


@pytest.mark.parametrize(
    ("record", "values", "why"),
    [
        ('{"row":2}', None, Why.GONE),
        ('{"row":4}', None, Why.GONE),
        ('{"row":1}', {"住所": "x"}, Why.NO_FIELD),
        ('{"row":1}', {"id": "x"}, Why.WRONG_TYPE),
        ('{"row":1}', {"ok": "1"}, Why.WRONG_TYPE),
        ('{"row":1}', {"tel[]": "03"}, Why.WRONG_TYPE),
    ],
)
def test_refused(record: str, values: dict[str, str | None] | None, why: Why) -> None:
    """A line that isn't JSON is no record; a number stays a number, a list keeps its length."""
    new, done = rewritten(JSONL, LINES.encode(), {record: values})
    assert ([each.why for each in done.refused], new) == ([why], b"")


def test_a_field_given_twice_is_blanked_twice() -> None:
    """The first of two equal keys, which no reader shows, doesn't stay behind."""
    new, _ = rewritten(JSONL, b'{"a":"x","a":"y"}\n{"a":"z"}\n', {'{"row":1}': {"a": None}})
    assert new == b'{"a":null,"a":null}\n{"a":"z"}\n'
