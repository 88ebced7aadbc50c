"""What was not read is told part by part and counted by reason; what was read isn't in it."""

from __future__ import annotations

from reports.unread import by_reason, read_count, unread_parts
from tests.reports import sample


def test_only_what_is_missing_is_listed() -> None:
    """Six parts of the sample weren't read, eighteen were."""
    coverage = sample.inventory().coverage
    parts = unread_parts(coverage)
    assert len(parts) == 6
    assert read_count(coverage) == coverage.num_rows - 6
    assert [part.source for part in parts] == ["crm", "share", "share", "share", "share", "shop"]


def test_parts_are_grouped_by_what_their_reasons_share() -> None:
    """The most frequent reason comes first; numbers in it don't part a group."""
    groups = by_reason(unread_parts(sample.inventory().coverage))
    assert groups[0][0] == "encrypted"
    assert len(groups[0][1]) == 2
    assert sum(len(parts) for _, parts in groups) == 6


def test_a_bound_that_is_not_known_is_none() -> None:
    """Unknown is not zero."""
    parts = unread_parts(sample.inventory().coverage)
    assert {part.missed_at_most for part in parts if part.status == "skipped"} == {None}
