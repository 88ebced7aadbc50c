"""``shozai scan``: sources by name, or a path or URL without any settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flows import adhoc
from flows.faults import SettingsError, UsageError
from flows.progress import Watcher
from flows.run import Failed, Scanned
from flows.run import scan as run
from flows.settings import Settings, load


@dataclass(frozen=True, slots=True)
class Done:
    """What scans were run, and under which settings."""

    config: Path
    settings: Settings
    scans: tuple[Scanned, ...]
    failed: tuple[Failed, ...] = ()


def scan(what: Sequence[str], config: Path, watcher: Watcher, *, full: bool = False) -> Done:
    """Scan sources of the settings, or places; not both in one command."""
    config, settings, names = chosen(what, config)
    scans, failed = run(settings, names, watcher, full=full)
    return Done(config, settings, tuple(scans), tuple(failed))


def chosen(what: Sequence[str], config: Path) -> tuple[Path, Settings, Sequence[str]]:
    """Return the settings that a command's words mean, where they lie, and the sources named."""
    places = [one for one in what if adhoc.is_place(one) and one not in _named(config)]
    if what and not places and not config.exists():
        raise UsageError(f"There is no file or folder {what[0]!r}, and no settings in {config}.")
    if not places:
        return config, load(config), what
    if len(places) < len(what) or len(places) > 1:
        raise UsageError("Scan one path or URL at a time, or sources by their names.")
    return *adhoc.settings(places[0]), ()


def _named(config: Path) -> set[str]:
    """Return the sources that the settings name; a place needs none to be right."""
    try:
        return {source.name for source in load(config, secrets=False).source}
    except SettingsError:
        return set()
