"""``shozai.toml``: what is right is read, and every fault is told at once, with its mend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.faults import SettingsError
from flows.settings import load
from flows.wiring import settings_hash
from tests.flows.command import HOUSE

CASES = yaml.safe_load((HOUSE / "tests/cases/commands/settings.yaml").read_text("utf-8"))


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return where the settings are to be written."""
    return tmp_path / "shozai.toml"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["faults"][0].split(":")[0])
def test_a_fault_is_told_by_key_with_its_mend(config: Path, case: dict[str, Any]) -> None:
    """Each fault is one line: the key, what is wrong, and how to mend it."""
    config.write_text(case["settings"], encoding="utf-8")
    assert _faults(config) == case["faults"]


def test_all_faults_are_told_at_once(config: Path) -> None:
    """Faults of several kinds in one file are one report."""
    config.write_text('compnay = 1\n[desk]\nname = 3\n[[source]]\nname = "a"\nurl = "${NOPE}"\n')
    assert [fault.split(":")[0] for fault in _faults(config)] == [
        "source.1.url",
        "desk.name",
        "compnay",
    ]


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (b"x = [", "isn't TOML: Invalid value (at end of document)"),
        ('name = "山"'.encode("cp932"), "isn't UTF-8; save it as UTF-8"),
    ],
)
def test_a_file_that_is_no_settings(config: Path, written: bytes, fault: str) -> None:
    """A file in another form or encoding is told as that."""
    config.write_bytes(written)
    assert _faults(config) == [fault]


def test_a_file_that_is_not_there_or_no_file(tmp_path: Path) -> None:
    """Whoever has no settings yet is told of `shozai init`."""
    assert _faults(tmp_path / "nosuch.toml") == ["there is no such file; run `shozai init`"]
    assert _faults(tmp_path) == ["can't be read: Is a directory; name another"]


def test_what_editors_put_before_a_file_is_no_fault(config: Path) -> None:
    """A byte order mark, as Windows' editor writes it, is left out."""
    config.write_text('[company]\nname = "株式会社例"\n', encoding="utf-8-sig")
    assert load(config).company.name == "株式会社例"


def test_a_variable_is_filled_in_and_never_shown(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``${NAME}`` comes from the environment; no repr, dump or hash tells what it stands for."""
    monkeypatch.setenv("CRM_PASSWORD", "sEcret")
    config.write_text('[[source]]\nname = "a"\nurl = "postgresql://u:${CRM_PASSWORD}@h/db"\n')
    settings = load(config)
    assert settings.source[0].url.get_secret_value() == "postgresql://u:sEcret@h/db"
    told = repr(settings) + settings.model_dump_json() + settings_hash(settings.source[0])
    assert "sEcret" not in told


def test_what_changes_nothing_of_a_scan_is_no_other_setting(config: Path) -> None:
    """Another owner, load or source is no reason to read a source again; another sample is."""
    source = '[[source]]\nname = "a"\nurl = "file:a"\n'
    another = '[[source]]\nname = "b"\nurl = "file:b"\n'

    def hashed(more: str) -> str:
        config.write_text(source + more)
        return settings_hash(load(config).source[0])

    assert hashed("") == hashed('accept_unread = ["encrypted"]\n') == hashed(another)
    assert hashed("sample = 10\n") != hashed("")


def test_only_reading_needs_a_secret(config: Path) -> None:
    """Who asks the inventory needs no password, and nobody one of an account that writes."""
    both = 'url = "postgresql://u:${NOPE}@h/db"\nwrite_url = "postgresql://w:${NOPE_W}@h/db"\n'
    config.write_text(f'[[source]]\nname = "a"\n{both}')
    assert load(config, secrets=False).source[0].name == "a"
    assert [fault for fault in _faults(config) if "NOPE_W" in fault] == []


def test_relative_paths_are_relative_to_the_settings(config: Path) -> None:
    """The inventory lies beside the settings, wherever the command is run."""
    config.write_text('[inventory]\npath = "there"\n')
    assert load(config).inventory_path == config.parent / "there"


def _faults(config: Path) -> list[str]:
    with pytest.raises(SettingsError) as error:
        load(config)
    assert str(error.value) == "\n".join(f"{config}: {fault}" for fault in error.value.faults)
    return [str(fault) for fault in error.value.faults]
