"""The command line as its users meet it: exit codes, one sentence, and nothing left behind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.flows import small
from tests.flows.command import HOUSE, Command, environment, finish, start

CASES = yaml.safe_load((HOUSE / "tests/cases/commands/endings.yaml").read_text(encoding="utf-8"))
OTHER_KEY = "ab" * 32
#: What takes long to import, and has no business in a `--help`.
HEAVY = {"pyarrow", "pandas", "prefect", "spacy", "presidio_analyzer", "pydantic", "sqlalchemy"}


def _named(case: dict[str, list[str]]) -> str:
    return " ".join(case["words"])


@pytest.fixture
def beside(scanned: Path, tmp_path: Path) -> Path:
    """Return the settings of a small company that has been scanned, to do with as one likes."""
    unlogged = shutil.ignore_patterns("access.jsonl", "report")
    shutil.copytree(scanned.parent, tmp_path, dirs_exist_ok=True, ignore=unlogged)
    return tmp_path / scanned.name


@pytest.mark.parametrize("case", CASES["nowhere"], ids=_named)
def test_misuse_ends_in_one_sentence(command: Command, case: dict[str, object]) -> None:
    """The exit code says whose fault it is, stderr what to do; nothing is written, or answered."""
    _expect(command, case)
    assert [path.name for path in command.folder.iterdir()] == case.get("leaves", [])


@pytest.mark.parametrize("case", CASES["scanned"], ids=_named)
def test_misuse_beside_an_inventory(
    beside: Path, command: Command, case: dict[str, object]
) -> None:
    """The same where there is an inventory to ask."""
    assert beside.parent == command.folder
    _expect(command, case)


def _expect(command: Command, case: dict[str, object]) -> None:
    ended = command(*case["words"], stdin=str(case.get("stdin", "")))  # type: ignore[misc]
    assert ended.code == case["code"], ended.err
    assert ended.out == ""
    *progress, sentence = ended.err.splitlines()
    assert not [line for line in progress if line.startswith(("shozai: ", "Traceback"))]
    assert sentence.startswith("shozai: ")
    assert str(case["says"]) in sentence
    assert not [word for word in ("sEcret", "山田太郎", "佐藤花子") if word in ended.err]


def test_every_fault_in_what_was_given_is_told_at_once(beside: Path, command: Command) -> None:
    """Whoever mistypes twice is told twice, by field, and nothing of what was typed."""
    ended = command("find", "--email", "tarou", "--birth-date", "S60.13.1", "--name", "山田太郎")
    assert ended.code == 2
    assert [line.split()[0] for line in ended.err.replace("shozai: ", "").splitlines()] == [
        "--birth-date",
        "--email",
    ]
    assert beside.exists()


def test_a_search_is_answered(beside: Path, command: Command) -> None:
    """Found is 0; JSON from stdin asks the same as options do; each search leaves a line."""
    shown = command("find", "--email", "taro@example.jp")
    assert shown.code == 0, shown.err
    assert "候補 1/" in shown.out
    asked = command("find", "--from", "-", "--json", stdin='{"email": "ＴＡＲＯ@example.jp"}')
    assert asked.code == 0, asked.err
    assert '"tier": "certain"' in asked.out
    log = (beside.parent / "inventory" / "access.jsonl").read_text(encoding="utf-8")
    assert log.count('"act":"find"') == 2
    assert "taro" not in log.lower()


@pytest.mark.slow
def test_without_options_it_asks(beside: Path) -> None:
    """In a terminal it asks, on stderr, and asks again what can't be read; stdout is the answer."""
    outer, inner = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "flows", "find", "--json"],
        stdin=inner,
        stderr=inner,
        stdout=subprocess.PIPE,
        cwd=beside.parent,
        env=environment(beside.parent),
    )
    os.close(inner)
    said = b""
    for prompt, answer in (
        ("氏名:", ""),
        ("フリガナ:", ""),
        ("生年月日:", "1985-13-45"),
        ("読めません。例: 1985-04-01", "1985-04-01"),
        ("メールアドレス:", "taro@example.jp"),
        ("電話番号:", ""),
        ("住所:", ""),
    ):
        while prompt.encode() not in said:
            said = said[-4096:] + os.read(outer, 4096)
        os.write(outer, f"{answer}\n".encode())
    out, _ = process.communicate(timeout=60)
    os.close(outer)
    assert process.returncode == 0
    assert json.loads(out)["matches"][0]["tier"] == "certain"


@pytest.mark.slow
def test_nothing_found_while_something_is_unread_is_no_answer(
    beside: Path, command: Command
) -> None:
    """Where all was read nothing found is 1; where not, it is 3, and what wasn't is named."""
    ended = command("find", "--email", "nobody@example.jp")
    assert ended.code == 3
    assert "壊れた.pdf" in ended.out
    assert command("status").code == 0
    (beside.parent / "share" / "壊れた.pdf").unlink()
    small.scan(beside)
    assert command("find", "--email", "nobody@example.jp").code == 1


def test_a_name_that_holds_a_name_is_masked_until_opened(beside: Path, command: Command) -> None:
    """`--open` shows it, and leaves a line in the access log."""
    masked = command("inventory", "datasets", "--json")
    assert "長宗我部" not in masked.out
    opened = command("inventory", "datasets", "--json", "--open")
    assert "履歴書_長宗我部辰之進.txt" in opened.out
    assert '"act":"open names"' in (beside.parent / "inventory" / "access.jsonl").read_text()


def test_tables_are_written_in_the_format_of_the_files_name(beside: Path, command: Command) -> None:
    """`-o x.csv` is CSV with a byte order mark, and `export` writes every table."""
    ended = command("inventory", "fields", "-o", "x.csv")
    assert ended.code == 0, ended.err
    assert (beside.parent / "x.csv").read_bytes().startswith(b"\xef\xbb\xbfid,source,dataset,")
    assert command("inventory", "export", "-o", "all").code == 0
    assert {"fields.parquet", "locations.parquet"} <= {
        path.name for path in (beside.parent / "all").iterdir()
    }


def test_a_word_of_a_reviewer_counts(beside: Path, command: Command) -> None:
    """A decision shows in the list of fields at once."""
    listed = command("inventory", "fields", "--entity", "PERSON", "--json").out
    id_ = listed.split('"id": "')[1].split('"')[0]
    assert command("review", id_, "reject", "--reason", "商品名").code == 0
    assert '"decision": "rejected"' in command("inventory", "fields", "--json").out
    assert beside.exists()


def test_a_key_file_that_others_can_read_is_refused(beside: Path, command: Command) -> None:
    """The sentence says which command mends it."""
    (beside.parent / "shozai.key").chmod(0o644)
    ended = command("status")
    assert ended.code == 2
    assert "run `chmod 600 " in ended.err


@pytest.mark.parametrize("words", [("find", "--email", "a@example.jp"), ("scan", "shop")])
def test_an_inventory_under_another_key_is_refused(
    beside: Path, command: Command, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Neither a search nor a scan of one source mixes two keys."""
    monkeypatch.setenv("SHOZAI_KEY", OTHER_KEY)
    monkeypatch.setattr("flows.server.Starting.begin", lambda _: None)
    ended = command(*words)
    assert ended.code == 2, ended.err
    assert "scanned under another key" in ended.err
    assert beside.exists()


def test_a_key_that_is_lost_is_not_made_anew(beside: Path, command: Command) -> None:
    """`init` makes a missing key only where no inventory was written under it."""
    (beside.parent / "shozai.key").unlink()
    assert "run `shozai init`" in command("status").err
    ended = command("init")
    assert ended.code == 2
    assert "put its copy back" in ended.err
    shutil.rmtree(beside.parent / "inventory")
    assert command("init").code == 0
    assert (beside.parent / "shozai.key").stat().st_mode & 0o777 == 0o600


def test_asking_needs_no_password_of_a_source(beside: Path, command: Command) -> None:
    """A variable that only a source's URL needs stays unset for whoever asks the inventory."""
    text = beside.read_text(encoding="utf-8")
    beside.write_text(text + '\n[[source]]\nname = "crm"\nurl = "postgresql://u:${NOPE}@h/db"\n')
    assert command("find", "--email", "taro@example.jp").code == 0
    ended = command("scan")
    assert ended.code == 2
    assert "source.3.url: ${NOPE} is not set in the environment; export NOPE=" in ended.err


def test_init_writes_settings_a_key_and_grants(command: Command) -> None:
    """The settings load, the key is the owner's alone, the GRANTs let read and nothing else."""
    ended = command("init")
    assert ended.code == 0, ended.err
    assert (command.folder / "shozai.key").stat().st_mode & 0o777 == 0o600
    assert "GRANT SELECT ON ALL TABLES" in ended.out
    assert not [word for word in ("INSERT", "UPDATE", "DELETE") if word in ended.out]
    assert "name no source" in command("scan").err


def test_sources_that_cannot_be_reached_are_told_with_the_mend(command: Command) -> None:
    """One line a source; the exit code is 1 where one can't be reached."""
    (command.folder / "shozai.key").write_text(OTHER_KEY)
    (command.folder / "shozai.toml").write_text(
        '[[source]]\nname = "a"\nurl = "sqlite:///gone.db"\n'
        '[[source]]\nname = "b"\nurl = "postgresql://u:sEcret@127.0.0.1:1/x?password=sEcret"\n'
        '[[source]]\nname = "c"\nurl = "file:gone"\n'
    )
    ended = command("sources")
    assert ended.code == 1, ended.err
    assert "sqlite:///gone.db" in ended.out
    assert "check the path in the url" in ended.out
    assert "check host and port in the url" in ended.out
    assert "correct the source's url" in ended.out
    assert "sEcret" not in ended.out


@pytest.mark.slow
def test_an_inventory_that_cannot_be_written_is_not_asked_unlogged(beside: Path) -> None:
    """Where the access log can't be written nobody may search; the sentence says so."""
    for path in (beside.parent / "inventory", beside.parent / "inventory" / "access.jsonl"):
        if path.exists():
            path.chmod(0o500 if path.is_dir() else 0o400)
    process = start(beside.parent, "find", "--email", "taro@example.jp", ordinary=True)
    ended = finish(process)
    (beside.parent / "inventory").chmod(0o700)
    assert ended.code == 4, ended.err
    assert ended.out == ""
    assert "Can't log who asked in" in ended.err


@pytest.mark.slow
@pytest.mark.parametrize("words", [("--help",), ("schema", "find"), ("inventory", "fields")])
def test_a_reader_that_goes_away_is_no_failure(beside: Path, words: tuple[str, ...]) -> None:
    """`shozai … | true` ends with 0 and says nothing."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "flows", *words],
        stdout=writing,
        stderr=subprocess.PIPE,
        cwd=beside.parent,
        env=environment(beside.parent),
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    """`--help` is quick because what a command needs is imported when it runs."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "flows", "--help"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=True,
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert imported & HEAVY == set()


@pytest.mark.slow
def test_a_terminal_without_japanese_gets_question_marks(beside: Path) -> None:
    """An answer that can't be encoded is no failure, and JSON is escaped instead."""
    words = ("find", "--email", "taro@example.jp")
    env = {"PYTHONIOENCODING": "ascii"}
    shown = finish(start(beside.parent, *words, env=env))
    assert shown.code == 0, shown.err
    asked = finish(start(beside.parent, *words, "--json", env=env))
    assert asked.code == 0, asked.err
    assert "\\u540d\\u7c3f.csv" in asked.out


def test_nothing_held_is_not_said_of_a_source_never_scanned(beside: Path, command: Command) -> None:
    """Who isn't found may lie where nobody looked: it is told, and the exit code says so."""
    nobody = ("find", "--email", "nobody@example.jp", "--config", str(beside))
    with beside.open("a", encoding="utf-8") as settings:
        settings.write('[[source]]\nname = "later"\nurl = "file:later"\n')
    told = command(*nobody, "--json")
    assert told.code == 3
    (unread, *_) = json.loads(told.out)["unread"]
    assert (unread["source"], unread["dataset"]) == ("later", None)
    assert unread["reason"] == "never scanned: run `shozai scan later`"
    shown = command(*nobody)
    assert shown.code == 3
    assert "later: 一度も走査していない" in shown.out
    assert "調べた時点: " in shown.out
