"""Export layouts: files that Slack, Salesforce, Google or Backlog write of what they hold.

They are known by their names and fields together. The accounts' ids are their keys, so that a
message leads to who wrote it; and records are erased in the service, for a copy comes again.
Sources: https://slack.com/help/articles/220556107 (Slack), https://takeout.google.com (Google),
https://help.salesforce.com/s/articleView?id=xcloud.admin_exportdata.htm (Salesforce),
https://nulab.com/backlog (Backlog).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from connectors.place import Dataset, ForeignKey

_DAY = re.compile(r"(?:\d{4}-\d\d-\d\d|\*-\*-\*)\.json(?:#\d+)?")
_ANY_CSV = re.compile(r".*\.csv(?:#\d+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Layout:
    """One kind of file: its name, fields it has, its key, and fields that hold others' keys.

    ``refers`` gives for such a field the file with the key and the key's field; ``up`` says how
    many folders above this file that one lies.
    """

    by_hand: str
    name: re.Pattern[str]
    has: frozenset[str]
    key: str = ""
    refers: tuple[tuple[str, str, str], ...] = ()
    up: int = 0
    below: str = ""


_SLACK = "its records are erased in Slack itself"
_SALESFORCE = "its records are erased in Salesforce itself"
_BACKLOG = "its records are erased in Backlog itself"
_GOOGLE = "its records are erased in the Google account itself"
_PEOPLE = (
    ("OwnerId", "User.csv", "Id"),
    ("CreatedById", "User.csv", "Id"),
    ("LastModifiedById", "User.csv", "Id"),
    ("ContactId", "Contact.csv", "Id"),
    ("WhoId", "Contact.csv", "Id"),
    ("AccountId", "Account.csv", "Id"),
    ("LeadId", "Lead.csv", "Id"),
)
_LAYOUTS = (
    _Layout(
        _SLACK,
        re.compile(r"users\.json"),
        frozenset(("id", "team_id", "name", "profile.real_name")),
        key="id",
    ),
    _Layout(
        _SLACK,
        _DAY,
        frozenset(("type", "user", "ts", "text")),
        refers=(("user", "users.json", "id"),),
        up=1,
    ),
    _Layout(
        _SLACK,
        re.compile(r"(?:channels|groups|mpims)\.json"),
        frozenset(("id", "name", "creator")),
        refers=(("creator", "users.json", "id"),),
    ),
    _Layout(
        _SALESFORCE,
        _ANY_CSV,
        frozenset(("Id", "CreatedById", "SystemModstamp")),
        key="Id",
        refers=_PEOPLE,
    ),
    _Layout(
        _BACKLOG,
        re.compile(r"users\.json"),
        frozenset(("id", "userId", "roleType", "mailAddress")),
        key="id",
    ),
    _Layout(
        _BACKLOG,
        _ANY_CSV,
        frozenset(("Project ID", "Key", "Assignee ID", "Create User ID")),
        refers=tuple(
            (field, "users.json", "id")
            for field in ("Assignee ID", "Create User ID", "Update User ID")
        ),
    ),
    _Layout(
        _BACKLOG,
        _ANY_CSV,
        frozenset(("プロジェクトID", "キー", "担当者ID", "登録者ID")),
        refers=tuple((field, "users.json", "id") for field in ("担当者ID", "登録者ID", "更新者ID")),
    ),
    _Layout(_GOOGLE, re.compile(r".*"), frozenset(), below="Takeout"),
)


def recognised(dataset: Dataset) -> Dataset:
    """Add the keys of an export's file and why it is changed by hand; other files stay."""
    fields = {field.name for field in dataset.fields}
    layout = _layout(dataset.name, fields)
    if layout is None:
        return dataset
    return replace(
        dataset,
        primary_key=(layout.key,) if layout.key else dataset.primary_key,
        foreign_keys=tuple(_references(layout, dataset.name, fields)),
        by_hand=layout.by_hand,
    )


def by_hand(path: str, fields: Collection[str]) -> str:
    """Say why a file's records are changed by hand; "" for one that is of no known export."""
    layout = _layout(path, fields)
    return layout.by_hand if layout else ""


def _layout(path: str, fields: Collection[str]) -> _Layout | None:
    *folders, name = path.replace("!/", "/").split("/")
    for each in _LAYOUTS:
        is_there = not each.below or each.below in folders
        if is_there and each.name.fullmatch(name) and each.has <= set(fields):
            return each
    return None


def _references(layout: _Layout, path: str, fields: Collection[str]) -> Iterator[ForeignKey]:
    folder = path
    for _ in range(layout.up + 1):
        folder = folder.rpartition("/")[0]
    for field, file, key in layout.refers:
        if field in fields:
            yield ForeignKey((field,), f"{folder}/{file}" if folder else file, (key,))
