"""Sentences of open sets, read in one convention."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from scanners.japanese.training.open_sets import read_set
from scanners.japanese.training.split import held_out

SETS = Path(__file__).parents[5] / "shared" / "data" / "ner"


def test_honorifics_are_taken_out(tmp_path: Path) -> None:
    """An honorific inside a mark is cut off; names that only end alike are left whole."""
    rows = [
        {"text": "カルトくんが来た", "entities": [[0, 5, "PERSON"]]},
        {"text": "持統天皇の歌", "entities": [[0, 4, "PERSON"]]},
        {"text": "ルイ15世と王", "entities": [[0, 5, "PERSON"]]},
    ]
    assert _names(tmp_path, rows) == [("カルト",), ("持統天皇",), ("ルイ15世",)]


def test_families_and_schools_of_thought(tmp_path: Path) -> None:
    """A family's surname is a person, a thinker in the name of a doctrine is none."""
    rows = [
        {"text": "山田家に住む", "entities": [[0, 3, "ORG"]]},
        {"text": "マルクス主義とは", "entities": [[0, 4, "PERSON"]]},
        {"text": "国家の話", "entities": [[0, 2, "ORG"]]},
    ]
    assert _names(tmp_path, rows) == [("山田",), (), ()]


def test_doubtful_sentences_are_left_out(tmp_path: Path) -> None:
    """What may be a person or not, and Latin words that lost their space, teach nothing."""
    rows = [
        {"text": "用明天皇の皇子", "entities": [[0, 4, "OPTIONAL"]]},
        {"text": "HugoPrattの絵", "entities": [[0, 9, "PERSON"]]},
    ]
    assert _names(tmp_path, rows) == []


@pytest.mark.shared
@pytest.mark.skipif(not SETS.is_dir(), reason="the open data lies beside the checkout")
def test_the_open_sets() -> None:
    """Some twenty thousand sentences; spans are in order and inside; a fifth is held out."""
    examples = [one for path in sorted(SETS.glob("*.jsonl")) for one in read_set(path)]
    assert len(examples) > 20_000
    for example in examples:
        ends = [0, *(end for _, end in example.persons)]
        starts = [start for start, _ in example.persons]
        assert all(end <= start for end, start in zip(ends, starts, strict=False)), example
        assert ends[-1] <= len(example.text)
    assert 0.18 < sum(held_out(example.text) for example in examples) / len(examples) < 0.22


def _names(folder: Path, rows: Sequence[Mapping[str, object]]) -> list[tuple[str, ...]]:
    path = folder / "set.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return [example.names for example in read_set(path)]
