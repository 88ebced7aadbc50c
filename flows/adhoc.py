"""A scan of a path or URL without settings: they are written beside it, so that all else works.

``shozai scan 名簿/`` makes ``名簿.shozai/`` with settings, key and inventory; then ``shozai find
--config 名簿.shozai/shozai.toml`` asks it. A password in the URL is left out of what is written.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from flows import template
from flows.faults import UsageError
from flows.settings import Settings, load

_SUFFIX = ".shozai"
_NAME = "scan"


def is_place(text: str) -> bool:
    """Tell whether an argument is a path or URL rather than a source's name."""
    return "/" in text or ":" in text or Path(text).exists()


def settings(place: str) -> tuple[Path, Settings]:
    """Return the settings for a path or URL, written on the first scan of it."""
    home = _home(place)
    config = home / "shozai.toml"
    url, password = _without_password(place if "://" in place else str(Path(place).absolute()))
    if password is not None:
        os.environ["SHOZAI_SCAN_PASSWORD"] = password
    if not config.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        template.write(config, template.source(_NAME, url))
    return config, load(config)


def _home(place: str) -> Path:
    if "://" in place:
        parts = urlsplit(place)
        stem = re.sub(r"[^\w.-]+", "_", f"{parts.hostname or parts.scheme}{parts.path}").strip("_")
        return Path.cwd() / f"{stem}{_SUFFIX}"
    path = Path(place).absolute()
    if not path.exists():
        raise UsageError(f"There is no {path}: give a folder, a file, or a URL.")
    beside = path.parent if os.access(path.parent, os.W_OK) else Path.cwd()
    return beside / f"{path.name or 'root'}{_SUFFIX}"


def _without_password(url: str) -> tuple[str, str | None]:
    """Put ``${SHOZAI_SCAN_PASSWORD}`` in the place of a URL's password."""
    found = re.match(r"(?P<head>[^:/]+://[^:@/]*):(?P<password>[^@/]*)@(?P<tail>.*)", url)
    if not found:
        return url, None
    return f"{found['head']}:${{SHOZAI_SCAN_PASSWORD}}@{found['tail']}", found["password"]
