"""What a scan tells of a dataset beside its findings."""

from __future__ import annotations

from pathlib import Path

from flows import template, wiring
from flows.demo.codes import jan
from flows.settings import load
from tests.flows import small


def test_numbers_that_are_nobodys_are_named_to_a_reviewer(tmp_path: Path) -> None:
    """A column of goods' codes is told as such, beside what the table is about."""
    (tmp_path / "share").mkdir()
    rows = "".join(f"{jan(number)},{number * 10}\n" for number in range(1, 31))
    (tmp_path / "share" / "goods.csv").write_text(f"jan,price\n{rows}")
    template.write(tmp_path / "shozai.toml", template.source("share", "file:share"))
    small.scan(tmp_path / "shozai.toml")
    (dataset,) = (
        wiring.inventory(load(tmp_path / "shozai.toml")).view()["datasets"].to_table().to_pylist()
    )
    told = [(one["by"], one["detail"]) for one in dataset["about_evidence"]]
    assert ("thing", "goods code: jan") in told
