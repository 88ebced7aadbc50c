"""A scribe: writes one source of the company, and notes in the truth whose values went where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from flows.demo.mark import Cell, Mark, Phrase, phrase, text
from flows.demo.population import Population
from flows.demo.truth import Truth

_NAME = '{"part":"name"}'


@dataclass(frozen=True, slots=True)
class Scribe:
    """Knows the source's name and folder, the people, and the truth; the formats write with it."""

    source: str
    folder: Path
    people: Population
    truth: Truth

    @contextmanager
    def create(self, path: Cell) -> Iterator[BinaryIO]:
        """Open a new file for writing; a person's value in its path is noted as its name."""
        place = self.path(path)
        with place.open("xb") as file:
            yield file

    def path(self, path: Cell) -> Path:
        """Return where a new file is to be written, its folder made, its name noted."""
        self.name(text(path), path)
        place = self.folder / text(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def name(self, dataset: str, name: Cell) -> None:
        """Note that a path, or the name of a sheet or attachment, holds somebody's value.

        Its characters are counted within the one folder's, file's, sheet's or attachment's name.
        """
        for step in _steps(name):
            self.truth.note(self.source, dataset, _NAME, "name", step)

    def note(self, dataset: str, record: str, cells: Mapping[str, Cell]) -> None:
        """Note whose values a record holds, by field."""
        for field, cell in cells.items():
            self.truth.note(self.source, dataset, record, field, cell)

    def decoys(self, dataset: str, *fields: str) -> None:
        """Note that fields look personal and aren't."""
        for field in fields:
            self.truth.fact("decoys", source=self.source, dataset=dataset, field=field)


def _steps(path: Cell) -> Iterator[Phrase]:
    """Yield the names that a path is made of; a mark lies within one of them."""
    step: list[str | Mark] = []
    for part in phrase(path):
        first, *others = part.split("/") if isinstance(part, str) else [part]
        step.append(first)
        for other in others:
            yield _filled(step)
            step = [other]
    yield _filled(step)


def _filled(step: list[str | Mark]) -> Phrase:
    return tuple(part for part in step if part != "")
