"""Which columns the fast way may give as they are."""

from __future__ import annotations

import pyarrow as pa
import pytest

from connectors.sqlite_plain import Affinity, column

DATES = ["2024-01-01", None, "1999-12-31"]


@pytest.mark.parametrize(
    "values",
    [
        DATES,
        [],
        [None],
        ["", None],
        ["山田"],
        ["a\tb\r\n"],
        ["1-2"],
        ["12:30", "1.5.2"],
        ["e5", "-"],
    ],
)
def test_text_is_taken(values: list[str | None]) -> None:
    """Text without control characters that is no number comes as it is, from any offset."""
    for kind in (Affinity.TEXT, Affinity.SPELLED):
        given = pa.array(["x\x00", *values], pa.string()).slice(1)
        assert column(kind, iter([given])) is given


@pytest.mark.parametrize(
    "value", ["7", "-7", "1.5", "-0.25", "1.0e+20", "1.5e-05", "1e300", "Inf", "-Inf", "123e-4567"]
)
def test_what_may_have_been_a_number_is_left(value: str) -> None:
    """A number among text, or alone, is never given as text."""
    for values in ([*DATES, value], [value], [value, None]):
        assert column(Affinity.SPELLED, iter([pa.array(values, pa.string())])) is None


@pytest.mark.parametrize(
    "raw", [b"a\x00", b"\x08", b"\x0e", b"\x1f", b"\x7f", b"\xff", b"\xe5\xb1"]
)
def test_what_may_have_been_bytes_is_left(raw: bytes) -> None:
    """Control characters, and what isn't UTF-8, are looked at one by one."""
    for values in ([b"plain", raw], ["山田".encode(), raw]):
        array = pa.array(values, pa.binary())
        text = pa.StringArray.from_buffers(len(array), array.buffers()[1], array.buffers()[2])
        assert column(Affinity.TEXT, iter([text])) is None


def test_another_type_is_left() -> None:
    """Where the driver gives another type than was declared, the patient way decides."""
    assert column(Affinity.INTEGER, iter([pa.array([1.5])])) is None
    assert column(Affinity.TEXT, iter([pa.array([1])])) is None
