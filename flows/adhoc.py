"""A scan of a path or URL without settings: they are written beside it, so that all else works.

``shozai scan 名簿/`` makes ``名簿.shozai/`` with settings, key and inventory; then ``shozai find
--config 名簿.shozai/shozai.toml`` asks it. A password in the URL is left out of what is written.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from connectors.registry import open_source
from flows import template
from flows.faults import UsageError
from flows.own import SUFFIX
from flows.settings import Settings, load
from flows.url import absolute, is_local, local_path, shown, without_secret

_NAME = "scan"
_VARIABLE = "SHOZAI_SCAN_PASSWORD"


def is_place(text: str) -> bool:
    """Tell whether an argument is a path or URL rather than a source's name."""
    return "/" in text or ":" in text or Path(text).exists()


def settings(place: str) -> tuple[Path, Settings]:
    """Return the settings for a path or URL, written on the first scan of it."""
    url = absolute(place, Path.cwd())
    kept, secret = without_secret(url, f"${{{_VARIABLE}}}")
    home = _beside(place, local_path(url)) if is_local(url) else Path.cwd() / _stem(shown(url))
    config = home / "shozai.toml"
    if secret is not None:
        os.environ[_VARIABLE] = secret
    if not config.exists():
        _try(url)
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        template.write(config, template.source(_NAME, kept))
    return config, _about(url, config)


def _beside(place: str, path: Path) -> Path:
    path = Path(os.path.normpath(path))
    if not path.exists():
        raise UsageError(f"There is no {shown(place)}: give a folder, a file, or a URL.")
    writable = os.access(path.parent, os.W_OK) and path.parent != path
    return (path.parent if writable else Path.cwd()) / f"{path.name or 'root'}{SUFFIX}"


def _stem(url: str) -> str:
    """Return the name of a folder for a URL's settings: ``db.example_5432_crm.shozai``."""
    parts = urlsplit(url)
    told = f"{parts.netloc.rpartition('@')[2] or parts.scheme}{parts.path}"
    return re.sub(r"[^\w.-]+", "_", told).strip("_") + SUFFIX


def _try(url: str) -> None:
    """Raise ``SourceError`` for a place that can't be read, before anything is written of it."""
    with open_source(_NAME, url) as source:
        source.check()


def _about(url: str, config: Path) -> Settings:
    """Return the settings, unless they are about another place of the same name."""
    found = load(config)
    if url not in {one.url.get_secret_value() for one in found.source}:
        raise UsageError(
            f"{config} is about another place than {shown(url)}: give that one with --config, "
            "or scan this one from another folder."
        )
    return found
