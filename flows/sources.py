"""Which sources can be reached: each is tried, and what stands in the way is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from connectors.errors import SourceError
from flows import wiring
from flows.settings import Settings, load
from flows.source_settings import SourceSettings
from flows.url import shown


@dataclass(frozen=True, slots=True)
class Reached:
    """What trying one source gave; ``says`` is what is there, or why it can't be reached."""

    source: str
    url: str
    reachable: bool
    says: str


def check(config: Path, names: list[str]) -> list[Reached]:
    """Try every source named, or all."""
    settings = load(config)
    return [_reached(settings, one) for one in wiring.chosen(settings, names)]


def _reached(settings: Settings, one: SourceSettings) -> Reached:
    url = shown(one.url.get_secret_value())
    try:
        with wiring.source(settings, one) as source:
            return Reached(one.name, url, True, source.check())
    except SourceError as error:
        return Reached(one.name, url, False, str(error))
