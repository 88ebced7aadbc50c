"""``shozai report``, and the data map that a scan shows when it is done."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from flows import access, business, show, tables
from flows.answers import print_json
from flows.asking import Opened, opened
from flows.faults import UsageError
from reports.datamap import as_table, by_source
from reports.holdings import holdings
from reports.site import build
from reports.words import Language


def report(config: Path, output: Path, language: str, *, json: bool) -> None:
    """Write the static report into ``output`` and say where to begin reading."""
    if language not in ("ja", "en"):
        raise UsageError(f"--lang takes ja or en, not {language!r}.")
    known = opened(config)
    first = _built(known, output, "en" if language == "en" else "ja")
    access.log(known.settings, "report", folder=str(output.absolute()))
    if json:
        print_json(
            {"index": str(first.absolute()), "files": sorted(p.name for p in output.iterdir())}
        )
    else:
        show.say(str(first.absolute()))


def _built(known: Opened, output: Path, language: Language) -> Path:
    try:
        return build(
            tables.of(known.view),
            output,
            made=datetime.now(UTC),
            business=business.of(known.settings),
            language=language,
            seal=known.inventory.tokens.seal,
        )
    except OSError as error:
        raise UsageError(
            f"Can't write the report to {output} ({error.strerror}): name another folder with -o."
        ) from None


def data_map(known: Opened) -> None:
    """Print the data map: sources by entities."""
    held = holdings(tables.of(known.view))
    names = [source.name for source in known.settings.source]
    show.console().print(as_table(by_source(held, names)))
