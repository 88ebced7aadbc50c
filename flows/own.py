"""What is Shozai's own in a folder that it scans: inventories and keys are no company's data."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from pathlib import Path

from flows.settings import Settings
from flows.url import is_local, local_path

#: What ends the name of a folder that a scan without settings makes beside what it scans.
SUFFIX = ".shozai"


def own(settings: Settings, url: str) -> Iterator[str]:
    """Yield patterns over the paths below ``url`` for what is not to be read there."""
    yield from (f"*{SUFFIX}/inventory/*", f"*{SUFFIX}/shozai.key", f"*{SUFFIX}/shozai.toml")
    if is_local(url):
        key = settings.folder / settings.inventory.key_file
        yield from _below(local_path(url), settings.inventory_path, "/*")
        yield from _below(local_path(url), key, "")


def _below(top: Path, ours: Path, rest: str) -> Iterator[str]:
    top, ours = top.resolve(), ours.resolve()
    if ours.is_relative_to(top) and ours != top:
        yield glob.escape(ours.relative_to(top).as_posix()) + rest
