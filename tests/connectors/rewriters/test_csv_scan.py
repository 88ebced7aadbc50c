"""Records of a table in text, found in blocks of bytes of any size."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from connectors.encoding import Guess
from connectors.readers.csv_plan import Plan
from connectors.readers.dialect import Dialect
from connectors.rewriters import csv_scan
from connectors.rewriters.csv_bits import Counting

PLAN = Plan(Guess("utf-8", 0, ""), Dialect(",", '"', None), (), 0, (), is_small=False)
_CELL = st.one_of(
    st.text(st.sampled_from("aあ髙 1"), max_size=40),
    st.text(st.sampled_from('aあ,\n\r"'), max_size=9).map(
        lambda text: '"' + text.replace('"', '""') + '"'
    ),
)
_TABLE = st.lists(
    st.tuples(st.lists(_CELL, max_size=4).map(",".join), st.sampled_from(["\n", "\r\n", "\r"])),
    max_size=30,
).map(lambda lines: "".join(line + end for line, end in lines))


@settings(max_examples=150, deadline=None)
@given(text=_TABLE, block=st.integers(1, 400))
@example(text='"a\n' + "b" * 70 + '"\r\n\r\n"c"\r\n', block=64)
def test_blocks_of_any_size(text: str, block: int) -> None:
    """Each record is where a walk from byte to byte finds it, however the blocks are cut."""
    data = text.encode()
    wanted = dict(enumerate(_walked(data), 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_scan, "_BLOCK", block)
        all_of_them = csv_scan.scan(io.BytesIO(data), PLAN, 0, wanted)
        one = max(wanted, default=0)
        last = csv_scan.scan(io.BytesIO(data), PLAN, 0, [one])
    assert {n: (each.start, each.end) for n, each in all_of_them.spans.items()} == wanted
    assert all_of_them.records == last.records == len(wanted)
    assert {n: (each.start, each.end) for n, each in last.spans.items()} == (
        {one: wanted[one]} if wanted else {}
    )


@settings(max_examples=150, deadline=None)
@given(text=_TABLE)
def test_counting(text: str) -> None:
    """A block that is counted has as many records as a walk from byte to byte finds."""
    data = text.encode()
    counted = Counting(ord(","), ord('"')).counted(data, ord("\n"), within=False, starts=True)
    assume(counted is not None)
    assert counted is not None
    places = list(_walked(data))
    assert (counted.records, counted.within) == (len(places), False)
    assert counted.last == len(data) - 1


@pytest.mark.parametrize("text", ['a"b\n', 'a,b "c"\n', '"a\nb"\n', "no end"])
def test_not_counted(text: str) -> None:
    """Quotes in odd places and line ends within them are left to who looks at each byte."""
    counting = Counting(ord(","), ord('"'))
    assert counting.counted(text.encode(), ord("\n"), within=False, starts=True) is None


def _walked(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each record begins and ends; a line with nothing in it is none."""
    start, within, at = 0, False, 0
    while at < len(data):
        if data[at : at + 1] == b'"':
            within = not within
        elif not within and data[at : at + 1] in {b"\n", b"\r"}:
            end = at + 2 if data[at : at + 2] == b"\r\n" else at + 1
            if at > start:
                yield start, end
            start, at = end, end
            continue
        at += 1
    if start < len(data):
        yield start, len(data)
