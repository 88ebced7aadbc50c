"""Text and logs, written again: which lines go, and that all else stays to the byte."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.change import Why
from tests.rewriting import records, rewritten

TEXT = "text/plain"
_lines = st.lists(
    st.text(st.sampled_from("あ髙表ソ a,\"'\u3000"), max_size=8), min_size=1, max_size=9
)


@settings(max_examples=100, deadline=None)
@given(
    lines=_lines,
    codec=st.sampled_from(["utf-8", "cp932", "euc-jp", "utf-16-le"]),
    sign=st.sampled_from(["\n", "\r\n", "\r"]),
    end=st.booleans(),
    cut=st.booleans(),
    data=st.data(),
)
def test_a_line_goes_and_nothing_else(
    lines: list[str], codec: str, sign: str, end: bool, cut: bool, data: st.DataObject
) -> None:
    """A cut line goes with its end, a blanked one without; the reader finds all others."""
    start = b"\xff\xfe" if codec == "utf-16-le" else b""
    after = sign.encode(codec)
    parts = [(text.encode(codec, "ignore"), after) for text in ("見出し", *lines)]
    if not end:
        parts[-1] = (parts[-1][0], b"")
    whole = start + b"".join(map(b"".join, parts))
    before = records(TEXT, whole)
    name, _ = data.draw(st.sampled_from(before))
    number = json.loads(name)["line"] - 1
    new, done = rewritten(TEXT, whole, {name: None if cut else {"text": ""}})
    assert not done.refused
    gone = (b"", b"" if cut else parts[number][1])
    kept = [gone if at == number else part for at, part in enumerate(parts)]
    assert new == start + b"".join(map(b"".join, kept))
    assert done.rows == len(before) - 1


def test_a_new_line_stands_in_the_files_encoding() -> None:
    """A corrected line is written as its neighbours are."""
    new, done = rewritten(
        TEXT, "山田\r\n髙橋\r\n".encode("cp932"), {'{"line":2}': {"text": "佐藤"}}
    )
    assert (new.decode("cp932"), done.rows) == ("山田\r\n佐藤\r\n", 2)


@pytest.mark.parametrize(
    ("record", "values", "why"),
    [
        ('{"line":2}', None, Why.GONE),
        ('{"line":9}', None, Why.GONE),
        ('{"line":1}', {"name": None}, Why.NO_FIELD),
        ('{"line":1}', {"text": "a\nb"}, Why.WRONG_TYPE),
        ('{"line":1}', {"text": "김"}, Why.WRONG_TYPE),
    ],
)
def test_refused(record: str, values: dict[str, str | None] | None, why: Why) -> None:
    """A blank line is no record; a line holds no line break and what its encoding can write."""
    new, done = rewritten(TEXT, "山田\n\n髙橋\n".encode("cp932"), {record: values})
    assert ([each.why for each in done.refused], new) == ([why], b"")


def test_a_line_read_in_parts_goes_whole() -> None:
    """A line longer than a reader's part has one name, and goes with all of its parts."""
    data = b"a\n" + b"x" * 2_500_000 + b"\nb\n"
    new, done = rewritten(TEXT, data, {'{"line":2}': None})
    assert (new, done.rows) == (b"a\nb\n", 2)
