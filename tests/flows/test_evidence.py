"""Why a field is said to hold what it holds: counts and pass rates, recognizer by recognizer."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from stdnum.jp import in_

from flows import template
from tests.flows import small
from tests.flows.command import Command

NUMBERS = [
    f"{base}{in_.calc_check_digit(base)}" for base in map(str, range(62000000000, 62000000040))
]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return the settings of a scanned table of My Numbers, of which licences have the form too."""
    with sqlite3.connect(tmp_path / "staff.db") as staff:
        staff.execute("CREATE TABLE staff (個人番号 TEXT)")
        staff.executemany("INSERT INTO staff VALUES (?)", [(one,) for one in NUMBERS])
    staff.close()
    config = tmp_path / "shozai.toml"
    template.write(config, template.source("staff", "sqlite:///staff.db"))
    small.scan(config)
    return config


def test_a_field_tells_what_every_recognizer_counted(command: Command, config: Path) -> None:
    """Its own pattern, and what else its values could be, over distinct values."""
    answer = json.loads(command("inventory", "fields", "--json", "--config", str(config)).out)
    (field,) = [one for one in answer["fields"] if one["entity"] == "JP_MY_NUMBER"]
    told = {(one["by"], one["detail"]): (one["count"], one["of"]) for one in field["evidence"]}
    assert told["pattern", "JP_MY_NUMBER"] == (40, 40)
    assert told["also", "JP_DRIVER_LICENSE"] == (40, 40)
    passed, of = told["check digit", "JP_DRIVER_LICENSE"]
    assert of == 40
    assert passed < 40
    assert not any(number in json.dumps(answer) for number in NUMBERS)


def test_the_report_shows_it(command: Command, config: Path, tmp_path: Path) -> None:
    """Beside the field, in the reader's words."""
    folder = tmp_path / "report"
    assert command("report", "-o", str(folder), "--config", str(config)).code == 0
    pages = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.html"))
    assert "ほかに形式が一致（運転免許証番号） 40／40" in pages
