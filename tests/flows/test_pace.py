"""Pace and samples: rows a second, hours of reading, and what is told when they end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from connectors.place import Batch, Partition, Status, Unread
from flows.faults import ShozaiError
from flows.pace import Hours, OutOfHours, Pace
from flows.sampling import sampled

PART = Partition("t", 3)


@pytest.mark.parametrize(
    ("hours", "utc", "inside"),
    [
        ("22:00-06:00", "13:00", True),  # 22:00 in Tokyo
        ("22:00-06:00", "12:59", False),
        ("22:00-06:00", "20:59", True),
        ("22:00-06:00", "21:00", False),
        ("09:30-12:00", "00:30", True),
        ("09:30-12:00", "03:00", False),
    ],
)
def test_hours_are_tokyos_and_go_over_midnight(hours: str, utc: str, inside: bool) -> None:
    """A window begins with its first minute, ends before its last, and may span midnight."""
    moment = datetime.fromisoformat(f"2026-11-23T{utc}:00+00:00")
    assert Hours.of(hours).has(moment) is inside


def test_nothing_begins_out_of_hours() -> None:
    """A scan outside of the window is refused in one sentence with the window in it."""
    pace = Pace(hours=Hours.of("22:00-06:00"), now=lambda: datetime(2026, 1, 1, 3, tzinfo=UTC))
    with pytest.raises(OutOfHours, match=r"only in 22:00-06:00 Asia/Tokyo: scan it then\.$"):
        pace.begin("crm")


def test_reading_ends_with_the_hours() -> None:
    """At the window's end reading stops between batches, lets go of the source, and tells it."""
    moments = iter(
        datetime(2026, 1, 1, 20, 58, tzinfo=UTC) + timedelta(minutes=n) for n in range(9)
    )
    pace = Pace(hours=Hours.of("22:00-06:00"), now=lambda: next(moments))
    items = list(pace.held(PART, _batches(5)))
    assert [type(one) for one in items] == [Batch, Batch, Unread]
    last = items[-1]
    assert isinstance(last, Unread)
    assert (last.dataset, last.partition, last.status) == ("t", 3, Status.PARTIAL)
    assert "22:00-06:00 Asia/Tokyo" in last.reason


def test_what_was_not_begun_is_skipped() -> None:
    """A partition that comes after the window is told as skipped, and not even asked for."""
    pace = Pace(hours=Hours.of("22:00-06:00"), now=lambda: datetime(2026, 1, 1, 3, tzinfo=UTC))
    asked = iter([pytest.fail])
    (only,) = pace.held(PART, asked)  # type: ignore[arg-type]
    assert isinstance(only, Unread)
    assert only.status is Status.SKIPPED
    assert next(asked)


def test_no_more_rows_a_second() -> None:
    """300 rows at 1,000 a second take 0.3 s, whoever reads them."""
    pace, started = Pace(1_000), time.monotonic()
    assert len(list(pace.held(PART, _batches(3)))) == 3
    assert 0.28 < time.monotonic() - started < 3


def test_an_interrupted_scan_does_not_sleep_on() -> None:
    """A pause ends where nobody waits any more."""

    def alive() -> None:
        raise ShozaiError("stopped")

    with pytest.raises(ShozaiError, match="stopped"):
        list(Pace(0.001).held(PART, _batches(1), alive))


@pytest.mark.parametrize(("most", "rows", "told"), [(250, 250, 1), (300, 300, 0), (None, 300, 0)])
def test_a_sample_is_cut_and_told(most: int | None, rows: int, told: int) -> None:
    """Only the first records are given, and it is told if there are more."""
    items = list(sampled(PART, _batches(3), most))
    assert sum(len(one.records) for one in items if isinstance(one, Batch)) == rows
    unread = [one for one in items if isinstance(one, Unread)]
    assert [(one.status, one.missed_at_most) for one in unread] == [(Status.PARTIAL, None)] * told


def _batches(count: int) -> Iterator[Batch | Unread]:
    for number in range(count):
        records = pa.array([f'{{"row":{number * 100 + n}}}' for n in range(100)])
        values = pa.record_batch({"n": pa.array(range(100))})
        yield Batch(PART, number * 100, records, values)
