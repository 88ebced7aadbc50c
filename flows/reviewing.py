"""``shozai review``: a reviewer's word on a field or link, kept over all later scans."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flows import access, answers
from flows.asking import opened
from flows.choices import Decision
from reports.decision import decide


@dataclass(frozen=True, slots=True)
class Word:
    """What a reviewer says: of which id, what, and why."""

    id: str
    decision: Decision
    entity: str = ""
    reason: str = ""


def review(config: Path, word: Word, *, json: bool) -> None:
    """Record the word; it counts at once, and for every later scan."""
    known = opened(config)
    who = access.acting(known.settings)
    decide(
        known.inventory,
        word.id,
        word.decision.value,
        who=who,
        entity=word.entity or None,
        reason=word.reason,
    )
    if json:
        answers.print_json(
            {"id": word.id, "decision": word.decision.value, "entity": word.entity, "who": who}
        )
    else:
        print(f"{word.id}: {' '.join(filter(None, [word.decision.value, word.entity]))}, by {who}.")
