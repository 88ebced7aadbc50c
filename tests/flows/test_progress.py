"""What is told of long work while it goes on, where nobody sees a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.registry import open_source
from flows.progress import Lines, counted
from flows.survey import listed
from tests.flows import small


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 datasets"), (1, "1 dataset"), (1_927, "1,927 datasets")]
)
def test_one_thing_has_no_plural(number: int, words: str) -> None:
    """Counts read as English."""
    assert counted(number, "dataset") == words


def test_a_listing_tells_no_count_that_is_wrong_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A quick listing says that it lists, not that there is one dataset, of many."""
    small.write_folder(tmp_path / "share")
    with open_source("share", f"file:{tmp_path}/share") as source:
        datasets, _ = listed(source, Lines())
    assert len(datasets) > 1
    assert capsys.readouterr().err == "share: listing datasets\n"


def test_digits_in_a_sources_name_make_no_step_of_a_stage(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Every stage of the source `fresh71` is told; of its steps only some."""
    lines = Lines()
    for stage in ("listing datasets", "1 dataset listed", "2 datasets listed", "reading"):
        lines.stage(f"fresh71: {stage}")
    said = capsys.readouterr().err.splitlines()
    assert said == ["fresh71: listing datasets", "fresh71: reading"]
