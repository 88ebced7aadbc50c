"""A scan of a path or URL without settings: they are written beside it, so that all else works.

``shozai scan 名簿/`` makes ``名簿.shozai/`` with settings, key and inventory; then ``shozai find
--config 名簿.shozai/shozai.toml`` asks it. A password in the URL is left out of what is written.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from connectors.registry import open_source
from flows import names, template
from flows.faults import UsageError
from flows.own import SUFFIX
from flows.settings import Settings, load
from flows.url import absolute, is_local, local_path, shown, without_secret

#: The source's name where the place's own is none, or a person's: it is plain everywhere.
_NAME = "scan"
_LONGEST = 40
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
        name = source_name(url)
        _try(name, url)
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        template.write(config, template.source(name, kept))
    return config, _about(url, config)


def source_name(url: str) -> str:
    """Return what the source at a place is called: as its folder, file or database if it can be.

    >>> source_name("file:///srv/share"), source_name("file:///srv/%E5%90%8D%E7%B0%BF")
    ('share', 'scan')
    """
    last = unquote(urlsplit(shown(url)).path).rstrip("/").rpartition("/")[2]
    name = re.sub(r"[^a-z0-9_-]+", "-", Path(last).stem.lower()).strip("-")[:_LONGEST]
    written = last.isascii() and re.fullmatch("[a-z][a-z0-9_-]*", name)
    return name if written and not _is_personal(last) else _NAME


def _is_personal(name: str) -> bool:
    """Tell whether a name holds an identifier, as it stands or with its words written apart."""
    apart = " ".join(re.findall(r"[^\W_]+", name))
    return any(names.in_path(one) for one in (name, apart, apart.title()))


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


def _try(name: str, url: str) -> None:
    """Raise ``SourceError`` for a place that can't be read, before anything is written of it."""
    with open_source(name, url) as source:
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
