"""What a compliance officer should look at first, worked out from holdings and what is unread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports.business import Rule
from reports.holdings import HeldDataset, count_fields
from reports.weight import Weight

_NAMED = 4


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to look at: ``term`` says what, ``grave`` marks what can't wait.

    ``examples`` are the heaviest datasets it is about; ``page`` is where all of it stands.
    """

    term: str
    count: int
    grave: bool = False
    examples: tuple[tuple[str, str], ...] = ()
    page: str = ""


def notices(
    held: Sequence[HeldDataset],
    rules: Mapping[tuple[str, str], Rule],
    unread: int,
    incomplete: int,
) -> tuple[Notice, ...]:
    """Return what there is to look at, gravest first; nothing that counts zero."""
    personal = [one for one in held if one.is_personal]
    unseen = count_fields(held, lambda field: not field.decision)
    every = (
        *_exposed(held),
        Notice("notice.unread", unread, grave=True, page="coverage.html"),
        Notice(
            "notice.incomplete", 0 if unread else incomplete, grave=True, page="index.html#asof"
        ),
        _about("notice.purposeless", [one for one in personal if not rules[one.key].purposes]),
        _about("notice.ownerless", [one for one in personal if not rules[one.key].owner]),
        Notice("notice.doubtful", count_fields(held, lambda field: field.is_doubtful)),
        Notice("notice.unreviewed", unseen),
    )
    return tuple(notice for notice in every if notice.count)


def _exposed(held: Sequence[HeldDataset]) -> tuple[Notice, Notice]:
    open_ = [one for one in held if one.counted and one.access.is_open]
    codes = [one for one in open_ if one.weight >= Weight.CARD]
    rest = [one for one in open_ if one.weight < Weight.CARD]
    return (
        _about("notice.exposed_codes", codes, grave=True),
        _about("notice.exposed", rest, grave=True),
    )


def _about(term: str, held: Iterable[HeldDataset], *, grave: bool = False) -> Notice:
    heaviest = sorted(held, key=lambda one: -one.weight)
    examples = tuple(one.key for one in heaviest[:_NAMED])
    return Notice(term, len(heaviest), grave=grave, examples=examples)
