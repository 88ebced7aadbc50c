"""Marked words alone: the things of the sentences that are not held out."""

from __future__ import annotations

import json
from pathlib import Path

from scanners.japanese.training.marked import marked_words
from scanners.japanese.training.split import held_out

TEXTS = ("{0}は長野県の温泉である。", "{0}が駅に着いた。", "むかし{0}があった。", "{0}を見た。")


def test_things_are_nobody(tmp_path: Path) -> None:
    """A thing is nobody's name; a person, and what is marked as both, is left out."""
    path = tmp_path / "open.jsonl"
    rows = [
        *(_row("下林リゾート", "FACILITY"), _row("西園寺百合子", "PERSON")),
        *(_row("山川海彦", "PERSON"), _row("山川海彦", "PRODUCT")),
    ]
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), "utf-8")
    assert {one.text: one.persons for one in marked_words(path)} == {"下林リゾート": ()}


def test_held_out_sentences_give_nothing(tmp_path: Path) -> None:
    """What only a held-out sentence marks is not learnt."""
    path = tmp_path / "open.jsonl"
    kept = next(text for n in range(99) if held_out(text := f"{n}人で下林リゾートへ行く。"))
    at = kept.index("下林")
    path.write_text(json.dumps({"text": kept, "entities": [[at, at + 6, "FACILITY"]]}), "utf-8")
    assert list(marked_words(path)) == []


def _row(word: str, label: str) -> dict[str, object]:
    """Make a marked sentence that training may see."""
    template = next(one for one in TEXTS if not held_out(one.format(word)))
    start = template.index("{0}")
    return {"text": template.format(word), "entities": [[start, start + len(word), label]]}
