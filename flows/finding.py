"""``shozai find``: what a person gave becomes a search, and the search an answer.

Without options it asks, so that no name ends in the shell's history.
"""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

from flows import access, show
from flows.answers import print_json
from flows.asking import opened
from flows.candidates import show_candidates
from flows.given import Given, sought
from flows.unread import never_scanned
from reports.trace import Trace
from reports.trace import find as trace


def find(config: Path, given: Given, *, json: bool, open_names: bool) -> int:
    """Search and answer; 1 if nothing was found, 3 if nothing was found and not all was read."""
    known = opened(config)
    asked = sought(given)
    found = trace(known.view, asked, known.inventory.tokens)
    found = replace(found, unread=(*never_scanned(known), *found.unread))
    by = sorted(one.name for one in fields(asked) if getattr(asked, one.name))
    access.log(known.settings, "find", by=by, matches=len(found.matches), opened=open_names)
    answer = found.json(known.inventory.tokens.seal, opened=open_names)
    if json:
        print_json(answer)
    else:
        show_candidates(answer, found.as_of)
    return _code(found)


def _code(found: Trace) -> int:
    if found.matches:
        return show.DONE
    return show.INCOMPLETE if found.unread else show.NO
