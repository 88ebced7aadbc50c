"""A replay: verdicts anew from what was kept; nothing is opened but what must be read."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from flows import template
from flows.replay.concern import lacking
from flows.replay.known import Known
from flows.seen import Found, Seen, treated
from flows.settings import load
from flows.wiring import inventory
from reports.location import Sealed
from scanners import words
from scanners.belief import Belief, Counts
from scanners.finding import About, Entity, Role
from scanners.verdict import FieldVerdict, TableVerdict
from scanners.versions import versions
from tests.flows import small
from tests.flows.command import HOUSE, Command, finish, start

Heard = Callable[[str, Entity | None], None]
SCHEMA = json.loads((HOUSE / "reports/schemas/scan-replay.json").read_text(encoding="utf-8"))
PEOPLE = [
    ("石田 章", "ishida@mori.co.jp", "1"),
    ("佐藤 花子", "hanako@mori.co.jp", "2"),
    ("鈴木 一郎", "ichiro@mori.co.jp", "1"),
    ("高橋 恵", "megumi@mori.co.jp", "2"),
]


def make(folder: Path) -> Path:
    """Make a folder and a database whose columns only their headers tell, scan both."""
    (folder / "share").mkdir()
    rows = "\n".join(f"{name},{kind}" for name, _, kind in PEOPLE)
    (folder / "share" / "list.csv").write_text(f"氏名,zokugara\n{rows}\n", encoding="utf-8")
    (folder / "share" / "memo.txt").write_text("連絡は ishida@mori.co.jp まで\n", encoding="utf-8")
    (folder / "share" / "broken.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<<")
    with sqlite3.connect(folder / "shop.db") as shop:
        shop.execute("CREATE TABLE people (shimei_kanji TEXT, mail TEXT, kubun_x TEXT)")
        shop.executemany("INSERT INTO people VALUES (?, ?, ?)", PEOPLE)
        shop.execute("CREATE TABLE goods (code TEXT, title TEXT)")
        shop.execute("INSERT INTO goods VALUES ('A-1', '机')")
    shop.close()
    config = folder / "shozai.toml"
    places = {"share": "file:share", "shop": "sqlite:///shop.db"}
    template.write(config, "".join(template.source(name, url) for name, url in places.items()))
    small.scan(config)
    return config


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return the settings of a company that was just scanned."""
    return make(tmp_path)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    """Return what lets headers be read by a word learnt since, or by one forgotten."""

    def change(word: str, meaning: Entity | None) -> None:
        if meaning:
            monkeypatch.setitem(words.WORDS, word, meaning)
        else:
            monkeypatch.delitem(words.WORDS, word)
        _forget()

    yield change
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    """Let words be looked up anew by whatever remembers them."""
    apart = ("scanners.recognizers.", "scanners.japanese.", "scanners.versions")
    for name, module in list(sys.modules.items()):
        if name.startswith("scanners.") and not name.startswith(apart):
            for one in vars(module).values():
                getattr(one, "cache_clear", int)()


@contextmanager
def out_of_reach(*paths: Path) -> Iterator[None]:
    """Put paths where no source finds them: whoever opens one of them fails."""
    hidden = {path: path.with_name(path.name + ".away") for path in paths}
    for path, away in hidden.items():
        path.rename(away)
    try:
        yield
    finally:
        for path, away in hidden.items():
            away.rename(path)


def replayed(command: Command, config: Path, *names: str) -> dict[str, Any]:
    """Replay and return the answer, which has its schema's shape."""
    ended = command("scan", "--replay", *names, "--json", "--config", str(config))
    assert ended.code == 3 - 3 * ("shop" in names), ended.err  # of the share a file is unread
    answer: dict[str, Any] = json.loads(ended.out)
    jsonschema.validate(answer, SCHEMA, jsonschema.Draft202012Validator)
    return answer


def contents(config: Path) -> dict[str, list[dict[str, Any]]]:
    """Return all that the inventory says, but for which scan said it and when."""
    view = inventory(load(config)).view()
    told: dict[str, list[dict[str, Any]]] = {}
    for name in ("datasets", "fields", "locations", "keys", "links", "coverage", "profiles"):
        rows = view.rows(name)
        for row in rows:
            # Moving a file out of reach and back changes its times.
            for apart in ("scan_id", "generation", "read_at", "doubt", "fingerprint"):
                row.pop(apart, None)
        told[name] = sorted(rows, key=lambda row: json.dumps(row, default=str))
    return told


def test_nothing_changed_and_nothing_read(command: Command, config: Path) -> None:
    """Under the same rules a replay opens no source, says that nothing changed, and is right."""
    before, last = contents(config), inventory(load(config)).view().last_scans["shop"]
    with out_of_reach(config.parent / "share", config.parent / "shop.db"):
        answer = replayed(command, config)
    assert answer["changes"] == []
    assert [one["dataset"] for one in answer["unread"]] == ["broken.pdf"]
    assert [one["read"] for one in answer["sources"]] == [[], []]
    assert contents(config) == before
    now = inventory(load(config)).view().last_scans["shop"]
    assert now["scan_id"] != last["scan_id"]
    assert now["started"] == last["started"]  # what is told is as old as what was read


@pytest.mark.slow
def test_a_changed_header_is_heard_and_only_its_file_read(
    command: Command, config: Path, heard: Heard
) -> None:
    """A field of which tokens are needed is read, no other source is opened; as a scan would."""
    heard("zokugara", Entity.GENDER)
    with out_of_reach(config.parent / "shop.db", config.parent / "share" / "memo.txt"):
        answer = replayed(command, config)
    read = {one["source"]: [two["dataset"] for two in one["read"]] for one in answer["sources"]}
    assert read == {"share": ["list.csv"], "shop": []}
    (change,) = [one for one in answer["changes"] if one["field"] == "zokugara"]
    assert [one["entity"] for one in change["before"]] == []
    assert [one["entity"] for one in change["after"]] == ["GENDER"]
    assert change["why"] == "tokens of zokugara"
    after = contents(config)
    small.scan(config, full=True)
    assert contents(config) == after


@pytest.mark.slow
def test_a_changed_score_is_heard_without_reading(
    command: Command, config: Path, heard: Heard
) -> None:
    """A header no longer known changes rows, scores and locations, and reads nothing."""
    heard("mail", None)
    with out_of_reach(config.parent / "share", config.parent / "shop.db"):
        answer = replayed(command, config, "shop")
    assert answer["sources"][0]["read"] == []
    (change,) = answer["changes"]
    (before,), (after,) = change["before"], change["after"]
    assert (change["field"], change["why"]) == ("mail", "judged anew")
    assert (before["entity"], after["entity"]) == ("EMAIL_ADDRESS", "EMAIL_ADDRESS")
    assert before["score"] > after["score"]
    told = contents(config)
    small.scan(config, full=True)
    assert contents(config) == told


def test_a_replay_needs_a_scan(command: Command, tmp_path: Path) -> None:
    """Before the first scan there is nothing to judge."""
    config = tmp_path / "shozai.toml"
    template.write(config, template.source("share", "file:share"))
    (tmp_path / "share").mkdir()
    assert command("scan", "--replay", "--config", str(config)).code == 2


def test_what_is_kept_holds_no_value(config: Path) -> None:
    """The profiles, treatments and counts of every column name nothing of anyone."""
    told = json.dumps(contents(config)["profiles"], ensure_ascii=False)
    assert '"profile"' in told
    for name, mail, _ in PEOPLE:
        assert not {name, name.split()[0], mail, mail.split("@")[0]} & set(told.split('"'))
        assert name not in told
        assert mail not in told


def test_a_scan_names_the_version_of_every_recognizer(config: Path) -> None:
    """The scans row has a version for each entity, for judging and for counting."""
    told = dict(inventory(load(config)).view().last_scans["shop"]["rules_version"])  # type: ignore[call-overload]
    assert told == dict(versions())
    assert set(told) == {*Entity} - {"SUBJECT_KEY"} | {"judging", "counting"}


@pytest.mark.slow
def test_a_changed_recognizer_reads_what_it_saw(tmp_path: Path) -> None:
    """After a pattern changed, the datasets in which it saw something are read, and no others."""
    config = make(tmp_path)
    house = tmp_path / "house"
    for name in ("flows", "reports", "connectors", "scanners"):
        shutil.copytree(HOUSE / name, house / name)
    module = house / "scanners" / "recognizers" / "email_address.py"
    text = module.read_text(encoding="utf-8")
    module.write_text(text + "\nCHANGED = 1\n", encoding="utf-8")
    with out_of_reach(tmp_path / "share" / "list.csv"):
        words_ = ("scan", "--replay", "--json", "--config", str(config))
        ended = finish(start(tmp_path, *words_, env={"PYTHONPATH": str(house)}), 300)
    assert ended.code == 3, ended.err
    answer = json.loads(ended.out)
    read = {
        (one["source"], two["dataset"], two["why"])
        for one in answer["sources"]
        for two in one["read"]
    }
    why = "EMAIL_ADDRESS changed"
    assert read == {("share", "memo.txt", why), ("shop", "people", why)}


def test_two_entities_that_become_one_are_read_again() -> None:
    """Passports of Japan and others in one column, now of one kind, can't be kept as they are."""
    one, other = Entity.JP_PASSPORT, Entity.FOREIGN_PASSPORT
    both, either = _passports(one, other), _passports(one)
    assert lacking(_seen(both, one, other), both) == ""
    assert lacking(_seen(both, one), either) == ""
    assert lacking(_seen(both, one, other), either) == "tokens of number"


def _passports(*entities: Entity) -> TableVerdict:
    held = (FieldVerdict(one, True, 0.9, About.PERSON, Role.SELF) for one in entities)
    return TableVerdict(About.PERSON, {"number": tuple(held)})


def _seen(verdict: TableVerdict, *entities: Entity) -> Known:
    counts = Counts(cells=9, hits=3, score=2.7)
    found = {"number": tuple(Found(one, counts, Belief.ALL, 0.9) for one in entities)}
    seen = Seen((), {"number": treated(verdict, "number")}, found)
    row: dict[str, object] = {"kind": "table", "primary_key": [], "foreign_keys": []}
    return Known("people", row, (), (), (), seen, Sealed(), ())
