"""Wiring: builds the sources, the inventory and the key that the settings name."""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256

from connectors.base import Source
from connectors.options import Options
from connectors.registry import open_source
from flows.faults import UsageError
from flows.own import own
from flows.settings import Settings, SourceSettings
from flows.url import absolute
from reports.inventory import Inventory
from reports.token import Tokens, parse_key, read_key

KEY_VARIABLE = "SHOZAI_KEY"


def tokens(settings: Settings) -> Tokens:
    """Return the token maker under the key of ``SHOZAI_KEY`` or of the key file."""
    if text := os.environ.get(KEY_VARIABLE):
        return Tokens(parse_key(text))
    return Tokens(read_key(settings.folder / settings.inventory.key_file))


def inventory(settings: Settings) -> Inventory:
    """Return the inventory that the settings name."""
    return Inventory(settings.inventory_path, tokens(settings))


def chosen(settings: Settings, names: Sequence[str]) -> list[SourceSettings]:
    """Return the settings of the sources named, or of all."""
    known = {source.name: source for source in settings.source}
    if unknown := [name for name in names if name not in known]:
        listed = ", ".join(known) or "none"
        raise UsageError(f"No source is called {unknown[0]!r}; the settings name {listed}.")
    if not known:
        raise UsageError("The settings name no source: add a [[source]], or scan a path or URL.")
    return [known[name] for name in dict.fromkeys(names or known)]


def source(settings: Settings, one: SourceSettings, digest_key: bytes = b"") -> Source:
    """Open a source by its settings; nothing is read yet."""
    url = absolute(one.url.get_secret_value(), settings.folder)
    exclude = (*one.exclude, *own(settings, url))
    options = Options(digest_key, tuple(one.include), exclude)
    return open_source(one.name, url, options)


def settings_hash(settings: Settings) -> str:
    """Return what tells whether settings changed between two scans; it tells no secret."""
    plain = settings.model_dump_json(exclude={"folder", "people"})
    return sha256(plain.encode()).hexdigest()[:16]
