"""Ranges of keys, by the laws they keep."""

from __future__ import annotations

import itertools
from uuid import UUID

import pytest

from connectors.sql_ranges import WHOLE, KeyRange, ranges, uuid_ranges

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("lowest", "highest", "rows"),
    [(1, 10 * MILLION, 10 * MILLION), (-(2**62), 2**62, 5 * MILLION), (7, 2**40, 3 * MILLION)],
)
def test_they_cover_all(lowest: int, highest: int, rows: int) -> None:
    """They touch, are open at both ends, and no number comes twice."""
    found = ranges(lowest, highest, rows)
    assert found[0].low is None
    assert found[-1].high is None
    assert all(one.high == after.low for one, after in itertools.pairwise(found))
    assert len({one.number for one in found}) == len(found) <= 2 * rows / 2**20 + 2
    assert all(0 <= one.number < 2**31 for one in found)


def test_they_stay() -> None:
    """Rows added above or taken away below leave the other ranges as they were."""
    before = ranges(1, 10 * MILLION, 10 * MILLION)
    after = ranges(3 * MILLION, 12 * MILLION, 9 * MILLION)
    inner = [one for one in after[1:-1] if one in before]
    assert inner == [one for one in before[1:-1] if one in after]
    assert len(inner) > 5


def test_names_lead_back() -> None:
    """A range is read again from its name."""
    for one in [*ranges(1, 10 * MILLION, 10 * MILLION), *uuid_ranges(9 * MILLION)]:
        again = KeyRange.of(one.name)
        assert (again.low, again.high) == (one.low, one.high)


def test_small_tables_stay_whole() -> None:
    """Below half a million rows, and where nothing is known, there is one partition."""
    assert ranges(1, 499_999, 499_999) == ranges(None, None, None) == uuid_ranges(3) == [WHOLE]
    assert WHOLE.name == ""


def test_uuids() -> None:
    """Every UUID lies in one range."""
    found = uuid_ranges(9 * MILLION)
    assert len(found) == 16
    assert all(str(UUID(str(one.low))) == one.low for one in found[1:])
