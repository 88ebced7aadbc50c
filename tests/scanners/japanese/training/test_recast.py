"""Sentences of open sets with other persons and things in them."""

# ruff: noqa: S311 - repeatable chance, no secret

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from scanners.japanese.training.names import load_names
from scanners.japanese.training.recast import recast
from scanners.japanese.training.split import held_out

TEXT = "山田太郎は東京の日本電気に勤め、山田太郎の弟もいた。"
MARKS = [[0, 4, "PERSON"], [5, 7, "LOCATION"], [8, 12, "ORGANIZATION"], [16, 20, "PERSON"]]


def test_persons_stay_marked_and_the_rest_stays_written(tmp_path: Path) -> None:
    """The words between the marks stay, one person stays one person."""
    for seed in range(30):
        (made,) = recast(_file(tmp_path, TEXT), Random(seed), load_names(None))
        first, second = made.names
        assert first == second
        assert made.text.startswith(f"{first}は")
        assert made.text.endswith(f"に勤め、{first}の弟もいた。")


def test_sentences_held_out_are_not_recast(tmp_path: Path) -> None:
    """What is kept to measure with is not trained on in other clothes."""
    kept = next(f"{TEXT}{mark}" for mark in range(99) if held_out(f"{TEXT}{mark}"))
    assert not list(recast(_file(tmp_path, kept), Random(1), load_names(None)))


def _file(folder: Path, text: str) -> Path:
    row = {"text": text, "entities": MARKS}
    path = folder / "set.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    return path
