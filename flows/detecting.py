"""``shozai detect``: what personal data a text holds. The answer shows it; nothing is kept."""

from __future__ import annotations

import json as jsons
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

from rich.console import Console
from rich.table import Table

from flows.answers import print_json, print_line
from flows.faults import UsageError
from reports.wording import reason_found
from reports.words import label
from scanners.finding import Finding
from scanners.presidio import find_in_text

#: The exit code where not everything could be read.
_UNREAD = 3


def detect(text: str | None, file: Path | None, *, json: bool, jsonl: bool) -> int:
    """Answer for one text, or line by line.

    Return the exit code: of a text 1 if nothing was found, of lines 3 if one couldn't be read.
    """
    if jsonl:
        return _lines(text, file)
    findings = find_in_text(_text(text, file))
    if json:
        print_json({"findings": [_row(found) for found in findings]})
    else:
        _table(findings)
    return 0 if findings else 1


def _text(text: str | None, file: Path | None) -> str:
    if file is not None and text is not None:
        raise UsageError("Give a text or --file, not both.")
    if file is not None and str(file) != "-":
        return _read(file)
    if text is None and sys.stdin.isatty():
        raise UsageError("Give a text, --file FILE, or - to read standard input.")
    return _stdin() if text in (None, "-") else text or ""


def _read(file: Path) -> str:
    try:
        with _open(file) as opened:
            return opened.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(
            f"{file} is not UTF-8: `shozai scan {file}` reads other encodings."
        ) from None


def _open(file: Path) -> BinaryIO:
    try:
        return sys.stdin.buffer if str(file) == "-" else file.open("rb")
    except OSError as error:
        raise UsageError(f"Can't read {file} ({error.strerror}): name a text file.") from None


def _stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("Standard input is not UTF-8: convert it, or scan the file.") from None


def _lines(text: str | None, file: Path | None) -> int:
    if text not in (None, "-"):
        raise UsageError("--jsonl reads its lines from --file or standard input, no argument.")
    with _open(file) if file else nullcontext(sys.stdin.buffer) as lines:
        bad = sum(not _told(line) for line in lines if line.strip())
    return _UNREAD if bad else 0


def _told(line: bytes) -> bool:
    answer = _answer(line)
    print_line(answer)
    return "error" not in answer


def _answer(line: bytes) -> dict[str, object]:
    try:
        asked = jsons.loads(line)
    except ValueError:
        asked = None
    if not isinstance(asked, dict):
        return {"error": 'not a JSON object with a "text"'}
    id_ = {"id": asked["id"]} if "id" in asked else {}
    if not isinstance(asked.get("text"), str):
        return {**id_, "error": '"text" is missing or no string'}
    return {**id_, "findings": [_row(found) for found in find_in_text(asked["text"])]}


def _row(found: Finding) -> dict[str, object]:
    return {
        "entity": found.entity.value,
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "score": round(found.score, 3),
        "evidence": list(found.evidence),
    }


def _table(findings: list[Finding]) -> None:
    if not findings:
        print("個人情報は見つかりませんでした。")
        return
    table = Table()
    for heading in ("種類", "位置", "文字列", "確度", "根拠"):
        table.add_column(heading, overflow="fold")
    for found in findings:
        span = f"{found.start}–{found.end}"
        evidence = "、".join(map(reason_found, found.evidence))
        table.add_row(label(found.entity), span, found.text, f"{found.score:.2f}", evidence)
    Console().print(table)
