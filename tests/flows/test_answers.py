"""Every `--json` answer has the shape that `shozai schema` prints."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import typer.main

from flows.cli import app
from tests.flows import small
from tests.flows.command import HOUSE, Command
from tests.flows.conftest import Scanned, run_in

SCHEMAS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in (HOUSE / "reports" / "schemas").glob("*.json")
}
EMAIL = ("--email", "taro@example.jp")
#: The words of each command whose answer a schema describes, beside a small company.
WORDS = {
    "detect": ("detect", "山田太郎 taro@example.jp 090-1234-5678", "--json"),
    "sources": ("sources", "--json"),
    "status": ("status", "--json"),
    "find": ("find", *EMAIL, "--json"),
    "inventory-datasets": ("inventory", "datasets", "--json"),
    "inventory-fields": ("inventory", "fields", "--json"),
    "inventory-locations": ("inventory", "locations", "--json"),
    "inventory-coverage": ("inventory", "coverage", "--json"),
    "inventory-links": ("inventory", "links", "--json"),
    "report": ("report", "-o", "report", "--json"),
}
COMPANY = pytest.mark.xdist_group("company")


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_and_closed(command: Command, name: str) -> None:
    """Each is valid, has a title and a description, lets no unknown key in, and is printed."""
    schema = SCHEMAS[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert {"title", "description"} <= schema.keys()
    assert [one for one in _objects(schema) if one.get("additionalProperties") is not False] == []
    assert json.loads(command("schema", name).out) == schema


def test_every_command_that_answers_in_json_has_a_schema(command: Command) -> None:
    """Of each command with `--json` there is a schema, and no schema of anything else."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    answering = {
        name for name, one in commands.items() if any(p.name == "json" for p in one.params)
    }
    assert {name.partition("-")[0] for name in SCHEMAS} == answering
    assert command("schema").out.split() == sorted(SCHEMAS)


@pytest.mark.parametrize("name", WORDS)
def test_an_answer_has_its_shape(scanned: Path, command: Command, name: str) -> None:
    """What a command prints is JSON of its schema's shape, and nothing else is on stdout."""
    command.monkeypatch.chdir(scanned.parent)
    _expect(name, command(*WORDS[name]).out)


def test_lines_have_their_shape(command: Command) -> None:
    """Lines of `detect --jsonl` do too, the bad ones among them."""
    lines = '{"id": 1, "text": "山田太郎です"}\nnonsense\n{"id": {}}\n'
    for line in command("detect", "--jsonl", stdin=lines).out.splitlines():
        _expect("detect-line", line)


def test_a_review_has_its_shape(tmp_path: Path, command: Command) -> None:
    """A decision is answered with what was recorded."""
    config = str(small.make(tmp_path / "company"))
    fields = json.loads(command("inventory", "fields", "--json", "--config", config).out)["fields"]
    id_ = fields[0]["id"]
    for words in (("confirm",), ("reject",), ("is", "PERSON")):
        _expect("review", command("review", id_, *words, "--json", "--config", config).out)


def test_nothing_has_its_shape_too(scanned: Path, command: Command) -> None:
    """An answer that nothing was found is of the same shape."""
    command.monkeypatch.chdir(scanned.parent)
    _expect("find", command("find", "--email", "nobody@example.jp", "--json").out)
    _expect("detect", command("detect", "商品です", "--json").out)


@pytest.mark.slow
@COMPANY
@pytest.mark.parametrize("name", [name for name in WORDS if name != "detect"])
def test_an_answer_about_the_company_has_its_shape(company: Scanned, name: str) -> None:
    """The same holds for a whole company: keys, links, sealed names, unread units."""
    words = list(WORDS[name])
    if name == "find":
        asked = next(one for one in company.truth.people if one.identifiers.get("EMAIL_ADDRESS"))
        words[2] = asked.identifiers["EMAIL_ADDRESS"][0]
    done = run_in(company.folder, *words, "--config", str(company.config))
    _expect(name, done.stdout)


@pytest.mark.slow
@COMPANY
def test_scan_and_demo_have_their_shapes(company: Scanned, tmp_path: Path) -> None:
    """So do the answers of the scan itself, and of making a company up."""
    _expect("scan", company.scan.stdout)
    _expect("demo", run_in(tmp_path, "demo", "there", "--people", "20", "--json").stdout)


def _expect(name: str, text: str) -> None:
    answer = json.loads(text)
    jsonschema.validate(answer, SCHEMAS[name], jsonschema.Draft202012Validator)


def _objects(schema: object) -> list[dict[str, object]]:
    """Return every schema of an object with properties."""
    if isinstance(schema, list):
        return [found for one in schema for found in _objects(one)]
    if not isinstance(schema, dict):
        return []
    own = [schema] if "properties" in schema else []
    return own + [found for one in schema.values() for found in _objects(one)]
