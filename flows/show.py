"""What commands show people: tables on stdout, progress on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.answers import print_json
from flows.progress import Bar, Lines, Watcher

if TYPE_CHECKING:
    from flows.demo import Company
    from flows.sources import Reached

DONE, NO, INCOMPLETE, FAILED = 0, 1, 3, 4
#: Where nobody sees a terminal's width, lines are as long as their words.
_WIDE = 200


@contextmanager
def watching() -> Iterator[Watcher]:
    """Show progress on stderr: a bar in a terminal, plain lines elsewhere."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    with Bar() as bar:
        yield bar


def steps(watcher: Watcher) -> Callable[[str, int, int], None]:
    """Return what tells a watcher of steps counted ``(what, done, total)``."""
    told = 0

    def step(what: str, done: int, total: int) -> None:
        nonlocal told
        watcher.stage(what)
        if not told:
            watcher.expect(total)
        watcher.advance(done - told)
        told = done

    return step


def console() -> Console:
    """Return the console of answers: as wide as the terminal, or as the answer needs."""
    return Console(width=None if sys.stdout.isatty() else _WIDE)


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table; cells are plain text."""
    drawn = Table(*columns, title=title, title_justify="left", header_style="bold")
    for row in rows:
        drawn.add_row(*(escape("" if cell is None else str(cell)) for cell in row))
    console().print(drawn)


def say(text: str = "") -> None:
    """Print a line of the answer."""
    sys.stdout.write(f"{text}\n")


def warn(sentence: str) -> None:
    """Print what is not the answer but must be known."""
    sys.stdout.flush()
    print(f"shozai: {sentence}", file=sys.stderr)


def initialised(written: Sequence[Path]) -> None:
    """Say what ``init`` wrote, and how to make an account that can only read."""
    from connectors.postgres import grants

    paths = " and ".join(map(str, written))
    say(f"Wrote {paths} (mode 0600: keep a copy of the key elsewhere).")
    say("For PostgreSQL, an account that can only read (put your names in):\n")
    say(grants("postgresql://scanner@localhost/crm", ("public.*",)))


def company(built: Company, *, json: bool) -> None:
    """Say what the made-up company has, and what to do with it."""
    if json:
        plain = {
            name: getattr(built, name) for name in ("people", "canaries", "seed", "files", "places")
        }
        paths = {name: str(getattr(built, name)) for name in ("directory", "settings", "truth")}
        print_json({**paths, **plain})
        return
    say(f"{built.people:,} made-up people in {built.files:,} files, at {built.places:,} places.")
    say(f"The truth about them: {built.truth}")
    say(f"Next: shozai scan --config {built.settings}")


def sources(reached: Sequence[Reached], *, json: bool) -> int:
    """Show which sources can be reached; the exit code says whether all can."""
    if json:
        keys = ("source", "url", "reachable", "says")
        print_json({"sources": [{key: getattr(one, key) for key in keys} for one in reached]})
    else:
        rows = [(one.source, one.url, "○" if one.reachable else "×", one.says) for one in reached]
        table("", ("source", "URL", "", ""), rows)
    return DONE if all(one.reachable for one in reached) else NO
