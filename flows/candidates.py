"""The answer of ``find`` as a request handler reads it: candidate persons, records, reasons."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows import show
from reports.reasons import explained
from reports.words import label

_STYLES = {"certain": "green", "probable": "yellow", "possible": "dim", "conflict": "red"}
#: Candidates shown, and records of each; `--json` has all.
_CANDIDATES, _RECORDS = 5, 40

Answer = Mapping[str, Any]


def show_candidates(answer: Answer) -> None:
    """Print the candidates, the question that tells them apart, and what was not read."""
    console = show.console()
    likely = [one for one in answer["persons"] if _is_likely(one)]
    if not answer["persons"]:
        console.print("該当する記録は見つかりませんでした。")
    for number, person in enumerate(likely[:_CANDIDATES], 1):
        _person(console, f"候補 {number}/{len(likely)}", person)
    if others := len(answer["persons"]) - len(likely[:_CANDIDATES]):
        console.print(
            f"ほかに {others:,} 人の候補があります(相違あり、または確度が低い。--json で全員)"
        )
    if answer["ask"]:
        console.print(f"[bold]見分けるための質問:[/] {escape(answer['ask'])}")
    _unread(console, answer["unread"])


def _is_likely(person: Answer) -> bool:
    """Tell whether any of a candidate's records isn't at odds with what was asked."""
    return any(match["tier"] != "conflict" for match in person["matches"])


def _person(console: Console, which: str, person: Answer) -> None:
    matches = person["matches"]
    agrees = "、".join(map(label, person["agrees"])) or "―"
    differs = "、".join(map(label, person["differs"]))
    title = f"{which}  一致: {agrees}" + (f"  相違: {differs}" if differs else "")
    table = Table(
        "確度", "情報源", "データ", "記録", "項目", "理由", title=title, title_justify="left"
    )
    for match in matches[:_RECORDS]:
        table.add_row(*_row(match))
    console.print(table)
    if len(matches) > _RECORDS:
        console.print(f"ほか {len(matches) - _RECORDS:,} 件(--json で全件)")


def _row(match: Answer) -> list[str]:
    tier = label(match["tier"])
    mixed = "(他の人の記録に記載)" if match["mixed"] else ""
    record = json.dumps(match["record"], ensure_ascii=False, separators=(",", ":"))
    held = "、".join(dict.fromkeys(field["field"] for field in match["fields"]))
    cells = [match["source"], match["dataset"], record, held, _because(match) + mixed]
    return [f"[{_STYLES[match['tier']]}]{tier}[/]", *map(escape, cells)]


def _because(match: Answer) -> str:
    steps = [f"{label(step['entity'])}({step['field']})" for step in match["because"]]
    return " → ".join(dict.fromkeys(steps))


def _unread(console: Console, unread: Sequence[Answer]) -> None:
    if not unread:
        return
    console.print(f"[yellow]読めていないところが {len(unread):,} か所あります:[/]")
    for one in unread[:5]:
        place = " ".join(filter(None, [one["source"], one["dataset"]]))
        console.print(f"  {escape(place)}: {escape(explained(one['reason']))}")
