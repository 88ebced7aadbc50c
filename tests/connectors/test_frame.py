"""A text between two others is the same however it is put there."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from connectors.frame import framed

TEXTS = st.lists(st.text(max_size=4) | st.sampled_from(["12", "34", "髙"]) | st.none(), max_size=9)


@given(texts=TEXTS, before=st.text(max_size=3), after=st.text(max_size=3))
def test_each_text_stands_between(texts: list[str | None], before: str, after: str) -> None:
    """Any texts, nulls and none at all among them, between any two."""
    wanted = [None if text is None else before + text + after for text in texts]
    assert framed(before, pa.array(texts, pa.string()), after).to_pylist() == wanted


@given(length=st.integers(1, 4), start=st.integers(0, 9), rows=st.integers(0, 9))
def test_a_slice_is_its_own_texts(length: int, start: int, rows: int) -> None:
    """Of a slice of a column of texts of one length, those of the slice are taken."""
    texts = [str(number).zfill(length)[-length:] for number in range(20)]
    some = pa.array(texts).slice(start, rows)
    made = framed("(", some, ")")
    made.validate(full=True)
    assert made.to_pylist() == [f"({text})" for text in texts[start : start + rows]]
