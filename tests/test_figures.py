"""The numbers in the README are those of a run."""

from __future__ import annotations

from tests.benchmarks import stores
from tests.benchmarks.accuracy.table import MOST, Cell, Figure, Table
from tests.benchmarks.figures import ALL, README, files, filled


def test_the_readme_states_what_was_measured() -> None:
    """What stands between the marks is what ``make figures`` writes from the last runs."""
    told = README.read_text(encoding="utf-8")
    assert filled(told) == told


def test_every_run_is_told_in_full() -> None:
    """Where something was measured, all of it can be read."""
    assert bool(files()) == ALL.exists()


def test_a_table_is_kept_as_it_was_measured() -> None:
    """Bars, digits and units come back from JSON; a figure beside its bar says if that is met."""
    rows: list[list[Cell]] = [
        ["speed", 3, Figure(912.4, "≥", 900, 0, "/s"), None],
        ["wrong", 0, Figure(1, MOST, 0)],
    ]
    table = Table("a", ["b", "c", "d", "e"], rows, ["f"])
    assert Table.of(table.json()) == table
    assert [str(row[2]) for row in rows] == ["912/s ✓ ≥ 900/s", "1.000 ✗ ≤ 0"]


def test_the_stores_are_what_the_code_says() -> None:
    """The README's tables of stores and formats are made from the classes: run `make figures`."""
    readme = README.read_text(encoding="utf-8")
    assert stores.filled(readme) == readme


def test_every_format_that_is_read_is_listed() -> None:
    """No reader is missing in the table of formats."""
    assert stores.unlisted() == set()
