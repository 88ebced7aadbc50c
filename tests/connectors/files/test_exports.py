"""Exports of services: whose ids are keys, and where their records are erased."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from connectors.change import Action, Change, Fetched, Refusal, Why
from connectors.files import FileSource
from connectors.options import Options
from connectors.place import Dataset, ForeignKey

USERS = [{"id": "U1", "team_id": "T1", "name": "taro", "profile": {"real_name": "山田太郎"}}]
SAID = [{"type": "message", "user": "U1", "ts": "1700000000.1", "text": "佐藤です"}]
CONTACT = "Id,AccountId,LastName,OwnerId,CreatedById,SystemModstamp\n003,001,山田,005,005,2024\n"
ISSUES = "ID,プロジェクトID,キー,件名,担当者ID,登録者ID\n1,2,A-1,件,7,8\n"


def _listed(folder: Path) -> dict[str, Dataset]:
    with FileSource("share", str(folder), Options(b"key")) as source:
        return {each.name: each for each in source.datasets() if isinstance(each, Dataset)}


@pytest.mark.parametrize("packed", [False, True])
def test_slack(tmp_path: Path, packed: bool) -> None:
    """Messages refer to the users of the same export, in a folder as in its ZIP."""
    files = {"users.json": USERS} | {f"general/2024-01-0{day}.json": SAID for day in range(1, 6)}
    if packed:
        with zipfile.ZipFile(tmp_path / "slack.zip", "w") as archive:
            for name, content in files.items():
                archive.writestr(name, json.dumps(content))
    else:
        (tmp_path / "general").mkdir()
        for name, content in files.items():
            (tmp_path / name).write_text(json.dumps(content))
    top = "slack.zip!/" if packed else ""
    found = _listed(tmp_path)
    users, said = found[f"{top}users.json"], found[f"{top}general/*-*-*.json"]
    assert users.primary_key == ("id",)
    assert said.foreign_keys == (ForeignKey(("user",), f"{top}users.json", ("id",)),)
    assert "Slack" in said.by_hand


def test_salesforce(tmp_path: Path) -> None:
    """A contact refers to its account and to the users who own and made it."""
    (tmp_path / "Contact.csv").write_text(CONTACT)
    found = _listed(tmp_path)["Contact.csv"]
    assert found.primary_key == ("Id",)
    assert [(key.fields[0], key.dataset) for key in found.foreign_keys] == [
        ("OwnerId", "User.csv"),
        ("CreatedById", "User.csv"),
        ("AccountId", "Account.csv"),
    ]


def test_backlog(tmp_path: Path) -> None:
    """An issue refers to who made it and who works on it."""
    (tmp_path / "issues.csv").write_text(ISSUES)
    found = _listed(tmp_path)["issues.csv"]
    assert [key.fields[0] for key in found.foreign_keys] == ["担当者ID", "登録者ID"]
    assert "Backlog" in found.by_hand


def test_takeout_and_others(tmp_path: Path) -> None:
    """What lies below Takeout is Google's; a file of nobody's export stays one's own."""
    (tmp_path / "Takeout" / "連絡先").mkdir(parents=True)
    (tmp_path / "Takeout" / "連絡先" / "a.csv").write_text("名,姓\n太郎,山田\n")
    (tmp_path / "users.json").write_text(json.dumps([{"id": 1, "name": "山田"}]))
    found = _listed(tmp_path)
    assert "Google" in found["Takeout/連絡先/a.csv"].by_hand
    assert (found["users.json"].by_hand, found["users.json"].primary_key) == ("", ())


def test_by_hand(tmp_path: Path) -> None:
    """A record of an export isn't erased from its copy here: the reason is told."""
    (tmp_path / "Contact.csv").write_text(CONTACT)
    with FileSource("share", str(tmp_path), Options(b"key")) as source:
        (found,) = source.fetch("Contact.csv", ['{"row":1}'])
        assert isinstance(found, Fetched)
        version = str(found.versions[0].as_py())
        (told,) = source.erase([Change("Contact.csv", '{"row":1}', version, Action.ERASE)])
    assert isinstance(told, Refusal)
    assert told.why is Why.BY_HAND
    assert "Salesforce" in told.sentence
    assert (tmp_path / "Contact.csv").read_text() == CONTACT
