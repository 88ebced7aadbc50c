"""Where everything stands in the report: which page, under which anchor.

A source has one page, or several where one would be too long to open. Anchors are digests of
names, so that a link into last month's report still fits this month's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import groupby

from reports.holdings import HeldDataset, Holding

#: About how many lines of fields a page may have before the next one begins.
_LINES = 2_000
_HEADING_LINES = 6


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a source: datasets with findings in full, those without (``quiet``) by name."""

    source: str
    file: str
    number: int = 1
    of: int = 1
    full: tuple[HeldDataset, ...] = ()
    quiet: tuple[HeldDataset, ...] = ()

    @property
    def held(self) -> tuple[HeldDataset, ...]:
        """Every dataset on the page."""
        return self.full + self.quiet


@dataclass(frozen=True, slots=True)
class Addresses:
    """All pages of sources, and where to find a dataset or an entity on them."""

    pages: tuple[Page, ...]
    _files: dict[tuple[str, str], str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        files = {one.key: page.file for page in self.pages for one in page.held}
        object.__setattr__(self, "_files", files)

    def of_source(self, source: str) -> str:
        """Return the address of a source's first page."""
        return next((page.file for page in self.pages if page.source == source), "index.html")

    def of_dataset(self, key: tuple[str, str]) -> str | None:
        """Return the address of a dataset, or ``None`` where it could not even be listed."""
        return f"{self._files[key]}#{anchor(key)}" if key in self._files else None

    def of_entity(self, source: str, entity: str) -> str:
        """Return the address of the column of an entity on a source's first page that has it."""
        having = (page for page in self._of(source) if _has(page, entity))
        page = next(having, None)
        return f"{page.file}#{entity_anchor(entity)}" if page else self.of_source(source)

    def siblings(self, page: Page) -> tuple[Page, ...]:
        """Return all pages of the same source."""
        return tuple(self._of(page.source))

    def _of(self, source: str) -> Iterator[Page]:
        return (page for page in self.pages if page.source == source)


def anchor(key: tuple[str, str]) -> str:
    """Return the anchor of a dataset: letters and digits, the same in every report."""
    return "d" + blake2b("\0".join(key).encode(), digest_size=6).hexdigest()


def entity_anchor(entity: str) -> str:
    """Return the anchor of an entity's column on a source's page."""
    return "e-" + re.sub(r"\W", "-", entity)


def field_anchors(held: HeldDataset) -> tuple[tuple[str, Holding], ...]:
    """Pair each field with its anchor; the first of an entity has the plain one."""
    seen: dict[str, int] = {}
    return tuple((_field_anchor(held.key, one.entity, seen), one) for one in held.fields)


def paginate(held: Sequence[HeldDataset], sources: Iterable[str], lines: int = _LINES) -> Addresses:
    """Lay datasets out on pages; every name in ``sources`` gets one, even if empty."""
    by_source = {name: tuple(group) for name, group in groupby(held, lambda one: one.source)}
    names = dict.fromkeys([*sources, *by_source])
    slugs = _slugs(names)
    pages = [
        page for name in names for page in _pages(name, slugs[name], by_source.get(name, ()), lines)
    ]
    return Addresses(tuple(pages))


def _field_anchor(key: tuple[str, str], entity: str, seen: dict[str, int]) -> str:
    seen[entity] = seen.get(entity, 0) + 1
    plain = f"{anchor(key)}-{entity_anchor(entity)}"
    return plain if seen[entity] == 1 else f"{plain}-{seen[entity]}"


def _pages(source: str, slug: str, held: Sequence[HeldDataset], lines: int) -> Iterator[Page]:
    chunks = list(_chunks(sorted(held, key=lambda one: not one.fields), lines)) or [()]
    for number, chunk in enumerate(chunks, 1):
        file = f"source-{slug}.html" if number == 1 else f"source-{slug}-p{number}.html"
        full = tuple(one for one in chunk if one.fields)
        quiet = tuple(one for one in chunk if not one.fields)
        yield Page(source, file, number, len(chunks), full, quiet)


def _chunks(held: Iterable[HeldDataset], lines: int) -> Iterator[tuple[HeldDataset, ...]]:
    chunk: list[HeldDataset] = []
    used = 0
    for one in held:
        needed = _HEADING_LINES + len(one.fields) if one.fields else 1
        if chunk and used + needed > lines:
            yield tuple(chunk)
            chunk, used = [], 0
        chunk.append(one)
        used += needed
    if chunk:
        yield tuple(chunk)


def _slugs(names: Iterable[str]) -> dict[str, str]:
    """Name files in letters that every file system tells apart."""
    slugs: dict[str, str] = {}
    for number, name in enumerate(names, 1):
        plain = name.casefold() == name and re.fullmatch(r"[a-z][a-z0-9_]*", name)
        slugs[name] = name if plain else f"{number}"
    return slugs


def _has(page: Page, entity: str) -> bool:
    return any(entity in one.entities for one in page.full)
