"""Wiring: builds the sources, the inventory and the key that the settings name."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from connectors.base import Source, WritableSource
from connectors.options import Options
from connectors.registry import open_source
from flows.faults import UsageError
from flows.own import own
from flows.pace import Hours, Pace
from flows.readers_version import readers_version
from flows.secrets import passwords, with_secret
from flows.settings import Settings
from flows.source_settings import SourceSettings
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
    url = absolute(_reading_url(one), settings.folder)
    exclude = (*one.exclude, *own(settings, url))
    options = replace(_options(settings, one), digest_key=digest_key, exclude=exclude)
    return open_source(one.name, with_secret(url, one.secret), options)


def writer(settings: Settings, one: SourceSettings, digest_key: bytes) -> WritableSource:
    """Open a source with its account that may write; raise ``UsageError`` where it has none."""
    if not (url := one.write_url.get_secret_value()):
        raise UsageError(f"{one.name} has no write_url: name an account that may write there.")
    options = replace(_options(settings, one), digest_key=digest_key)
    url = with_secret(absolute(url, settings.folder), one.secret)
    found = open_source(one.name, url, options)
    if not isinstance(found, WritableSource):
        raise UsageError(f"{one.name} can't be written to: change it by hand.")
    return found


def pace(one: SourceSettings) -> Pace:
    """Return how fast and in which hours a source may be read."""
    hours = Hours.of(one.load.hours) if one.load.hours else None
    return Pace(one.load.rows_per_second, hours)


def _reading_url(one: SourceSettings) -> str:
    return one.read_url.get_secret_value() or one.url.get_secret_value()


def _options(settings: Settings, one: SourceSettings) -> Options:
    return Options(
        include=tuple(one.include),
        exclude=tuple(one.exclude),
        statement_timeout=one.load.statement_timeout,
        connections=one.load.connections,
        sample=one.sample,
        passwords=passwords(settings.folder / one.passwords_file) if one.passwords_file else (),
        ocr=one.ocr,
        ca=_authority(settings, one) if one.ca else "",
    )


def _authority(settings: Settings, one: SourceSettings) -> str:
    path = settings.folder / one.ca
    if not path.is_file():
        raise UsageError(
            f"There is no file {path}: name under ca of {one.name} the certificate, in PEM, of who "
            "vouches for its server."
        )
    return str(path)


#: Settings of a source that change nothing of what is found in it.
_ASIDE = {"load", "accept_unread", "write_url", "retained", "on_behalf_of", "rule"}


def settings_hash(one: SourceSettings) -> str:
    """Return what tells whether a source would be read otherwise now, by other settings or by
    readers of another version; it tells no secret.
    """
    told = f"{one.model_dump_json(exclude=_ASIDE)}{readers_version()}"
    return sha256(told.encode()).hexdigest()[:16]
