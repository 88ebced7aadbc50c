"""JSON arrays, written again: which elements and values go, and that all else stays."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.change import Why
from tests.rewriting import Values, records, rewritten

JSON = "application/json"
_value = st.dictionaries(
    st.sampled_from(["id", "名"]),
    st.one_of(st.integers(), st.text('あ,]"[{ ', max_size=4)),
    min_size=1,
)


@settings(max_examples=100, deadline=None)
@given(
    values=st.lists(_value, min_size=1, max_size=6),
    indent=st.sampled_from([None, 2]),
    bom=st.booleans(),
    data=st.data(),
)
def test_elements_go_and_nothing_else(
    values: list[dict[str, object]], indent: int | None, bom: bool, data: st.DataObject
) -> None:
    """What stays is the same array without the elements cut, each with its own bytes."""
    text = json.dumps(values, ensure_ascii=False, indent=indent)
    whole = text.encode("utf-8-sig" if bom else "utf-8")
    cut = data.draw(st.sets(st.integers(1, len(values)), min_size=1))
    new, done = rewritten(JSON, whole, {f'{{"row":{at}}}': None for at in cut})
    kept = [one for at, one in enumerate(values, 1) if at not in cut]
    assert not done.refused
    assert json.loads(new.decode("utf-8-sig")) == kept
    assert done.rows == len(kept) == len(records(JSON, new))
    shown = json.dumps(kept, ensure_ascii=False, indent=indent).encode()
    assert new.endswith(shown) or not kept


def test_values_one_after_the_other() -> None:
    """Values without an array around them are cut and written alike; one alone is a document."""
    data = '{"a":"山田"}\n{"a":"髙橋"}\n{"a":"佐藤"}'.encode()
    new, done = rewritten(JSON, data, {'{"row":3}': None, '{"row":1}': {"a": None}})
    assert (new, done.rows) == ('{"a":null}\n{"a":"髙橋"}'.encode(), 2)
    _, done = rewritten(JSON, data, {'{"row":3}': None, '{"row":1}': None})
    assert [each.why for each in done.refused] == [Why.BY_HAND] * 2


@pytest.mark.parametrize(
    ("data", "record", "values", "why"),
    [
        ('{"u":[{"n":"a"}]}', '{"pointer":"/u/0"}', None, Why.BY_HAND),
        ('[{"n":"a"}]', '{"row":2}', None, Why.GONE),
        ('[{"n":"a"}]', '{"row":1}', {"x": "y"}, Why.NO_FIELD),
        ('[{"n":1}]', '{"row":1}', {"n": "y"}, Why.WRONG_TYPE),
        ('[{"n":1},{"n":2}', '{"row":1}', None, Why.BY_HAND),
        ('[{"n":1} {"n":2}]', '{"row":1}', None, Why.BY_HAND),
        ('[{"n":1},{"n"', '{"row":1}', None, Why.BY_HAND),
    ],
)
def test_refused(data: str, record: str, values: Values | None, why: Why) -> None:
    """What can't be done is told with its reason, and nothing is written."""
    new, done = rewritten(JSON, data.encode(), {record: values})
    assert ([each.why for each in done.refused], new) == ([why], b"")


def test_an_array_larger_than_a_window() -> None:
    """Elements far apart go; places are counted in bytes, not in characters."""
    values = [{"n": at, "名": "髙" * (at % 50)} for at in range(20_000)]
    data = json.dumps(values, ensure_ascii=False).encode()
    edits: dict[str, Values | None] = {'{"row":2}': None, '{"row":19000}': {"名": "佐藤"}}
    new, done = rewritten(JSON, data, edits)
    values[18_999]["名"] = "佐藤"
    del values[1]
    assert (new, done.rows) == (json.dumps(values, ensure_ascii=False).encode(), 19_999)
