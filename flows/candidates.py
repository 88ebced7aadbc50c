"""The answer of ``find`` as a request handler reads it: candidate persons, records, reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from flows import show
from flows.locators import field_in_words, record_in_words
from flows.unread import gravest_first
from reports.reasons import explained
from reports.words import label

_STYLES = {"certain": "green", "probable": "yellow", "possible": "dim", "conflict": "red"}
#: Candidates shown, and records of each; `--json` has all.
_CANDIDATES, _RECORDS, _UNREAD = 5, 40, 5
_SHOWN_IN = ZoneInfo("Asia/Tokyo")

Answer = Mapping[str, Any]


def show_candidates(answer: Answer, as_of: Mapping[str, datetime]) -> None:
    """Print the candidates, the question that tells them apart, and what was not read.

    ``as_of`` is when each source was last scanned: what came later isn't known.
    """
    console = show.console()
    likely = [one for one in answer["persons"] if _is_likely(one)]
    shown, more = likely[:_CANDIDATES], len(likely[_CANDIDATES:])
    if not answer["persons"]:
        console.print("該当する記録は見つかりませんでした。")
    for number, person in enumerate(shown, 1):
        _person(console, f"候補 {number}/{len(likely)}", person)
    if more:
        console.print(f"ほかの候補: {more:,} 件(--json で全件)")
    if unlike := len(answer["persons"]) - len(likely):
        console.print(f"[dim]お尋ねの内容と食い違う候補: {unlike:,} 件(--json で全件)[/]")
    if answer["ask"]:
        console.print(f"[bold]見分けるための質問:[/] {escape(answer['ask'])}")
    _unread(console, answer["unread"])
    _as_of(console, as_of)


def _is_likely(person: Answer) -> bool:
    """Tell whether any of a candidate's records isn't at odds with what was asked."""
    return any(match["tier"] != "conflict" for match in person["matches"])


def _person(console: Console, which: str, person: Answer) -> None:
    matches = person["matches"]
    agrees = "、".join(map(label, person["agrees"])) or "―"
    differs = "、".join(map(label, person["differs"]))
    console.print(f"\n[bold]{which}[/]  一致: {agrees}" + (f"  相違: {differs}" if differs else ""))
    for match in matches[:_RECORDS]:
        _match(console, match)
    if len(matches) > _RECORDS:
        console.print(f"ほか {len(matches) - _RECORDS:,} 件(--json で全件)")


def _match(console: Console, match: Answer) -> None:
    """Print one record: how sure, where, and below it what it holds and why it is theirs."""
    tier = f"[{_STYLES[match['tier']]}]{label(match['tier'])}[/]"
    where = f"{match['source']} › {match['dataset']} › {record_in_words(match['record'])}"
    mixed = "[magenta]ほかの人も載る記録[/]" if match["mixed"] else ""
    held = "、".join(dict.fromkeys(field_in_words(field["field"]) for field in match["fields"]))
    for line in (f"● {tier}  {escape(where)}  {mixed}", *map(escape, _below(match, held))):
        console.print(Padding(line, (0, 0, 0, 0 if line.startswith("●") else 4), expand=False))


def _below(match: Answer, held: str) -> tuple[str, str]:
    steps = [
        f"{label(step['entity'])}({field_in_words(step['field'])})" for step in match["because"]
    ]
    return f"項目: {held}", f"理由: {' → '.join(dict.fromkeys(steps))}"


def _unread(console: Console, unread: Sequence[Answer]) -> None:
    if not unread:
        return
    console.print(f"[yellow]読めていないところが {len(unread):,} か所あります:[/]")
    for one in gravest_first(unread)[:_UNREAD]:
        place = " ".join(str(name) for name in (one["source"], one["dataset"]) if name)
        console.print(f"  {escape(place)}: {escape(explained(str(one['reason'])))}")
    if (more := len(unread) - _UNREAD) > 0:
        console.print(f"  ほか {more:,} か所(`shozai inventory coverage` ですべて)")


def _as_of(console: Console, as_of: Mapping[str, datetime]) -> None:
    """Say how old the answer is: when each source was last scanned."""
    days = "、".join(
        f"{name} {when.astimezone(_SHOWN_IN):%Y-%m-%d %H:%M}"
        for name, when in sorted(as_of.items())
    )
    if days:
        console.print(f"[dim]調べた時点: {escape(days)}[/]")
