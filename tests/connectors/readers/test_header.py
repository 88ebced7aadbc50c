"""Which rows name a table's columns."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict, cast

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from connectors.readers.header import find, numbered_names


class Case(TypedDict, total=False):
    """A table's first rows and what they tell."""

    rows: list[list[str]]
    names: list[str]
    titles: int


CASES = cast(
    "list[Case]", yaml.safe_load(Path(__file__).with_name("header.yaml").read_text("utf-8"))
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: "/".join(case["names"]) or "empty")
def test_find(case: Case) -> None:
    """Columns get the names a person would give them."""
    header = find(case["rows"])
    assert list(header.names) == case["names"]
    assert header.titles == case.get("titles", 0)


def test_merged_cells() -> None:
    """A cell merged downwards, filled in by the workbook's reader, counts once."""
    rows = [["氏名", "連絡先", "連絡先"], ["氏名", "電話", "メール"], ["山田", "03-1", "a@b.jp"]]
    assert find(rows, merged=True).names == ("氏名", "連絡先/電話", "連絡先/メール")


@given(st.lists(st.sampled_from(["a", "a#2", "c1", "b"]), max_size=8))
def test_names_are_unique(names: list[str]) -> None:
    """No two columns have one name, whatever the header says."""
    found = list(numbered_names(names))
    assert len(set(found)) == len(found) == len(names)


@given(st.lists(st.lists(st.text(max_size=6), max_size=5), max_size=6))
def test_any_rows(rows: list[list[str]]) -> None:
    """Any rows have a header, or none, that is as wide as it says."""
    header = find(rows)
    assert header.titles + header.rows <= len(rows)
    assert len(set(header.names)) == len(header.names)
