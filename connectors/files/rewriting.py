"""Rewriting: one file that is held still, written again by the rewriter of its format.

A compressed file is unpacked, rewritten and packed again under the name and time in its header.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from connectors.change import Action, Change, Count, Fetched, Outcome, Receipt, Refusal
from connectors.errors import Unsupported
from connectors.files.beside import tee
from connectors.files.content import Content, opened
from connectors.files.described import layout
from connectors.files.exports import by_hand
from connectors.files.fetching import found
from connectors.files.held import Held, lent
from connectors.files.named import parted
from connectors.options import Options
from connectors.rewriters import rewriter_for
from connectors.rewriters.base import Edit, Rewritten

_GZIP = b"\x1f\x8b"
_OFFICE = "application/vnd.openxmlformats-officedocument."
#: Rows of a workbook and parts of a document are emptied, never removed: others count on them.
_BLANKED = (f"{_OFFICE}spreadsheetml.sheet", f"{_OFFICE}wordprocessingml.document")
_REPACKED = "packed anew"


class Rewriting:
    """One file, its changes, and what came of them."""

    def __init__(self, old: Held, changes: Sequence[Change], options: Options) -> None:
        self._old = old
        self._changes = changes
        self._options = options
        self._told = Rewritten(0)
        self._cuts = True
        self._new: dict[str, str] = {}
        self.after = ""

    def write(self, out: BinaryIO) -> list[Refusal]:
        """Write the file again; what is refused makes ``out`` worthless."""
        edits = {parted(one.dataset, one.record)[1]: one for one in self._changes}
        with opened(self._old.unit) as content, tee(out, self._options.digest_key) as new:
            self._check(content)
            rewriter = rewriter_for(content.media_type)
            self._cuts = content.media_type not in _BLANKED
            with self._packed(content, cast("BinaryIO", new)) as plain:
                some = [_edit(one) for one in self._changes]
                self._told = rewriter.rewrite(content.file, content.hint, some, plain)
            self.after = new.hash()
        if not self._told.refused:
            self._look(out)
        return [
            Refusal(edits[one.record].dataset, edits[one.record].record, one.why, one.sentence)
            for one in self._told.refused
        ]

    def count(self) -> Count:
        """Return how many records there will be; an emptied row of a workbook is none."""
        left = sum(one.record in self._new for one in self._changes)
        rows = self._told.rows
        return Count(self._changes[0].dataset, rows, left, rows - left)

    def receipts(self) -> Iterator[Receipt]:
        """Say what will have been done."""
        for one in self._changes:
            action = self._action(one)
            after = None if action is Action.ERASE else self._new.get(one.record)
            yield Receipt(
                parted(one.dataset, one.record)[0],
                one.dataset,
                one.record,
                action,
                Outcome.DONE,
                one.version,
                after,
                self._told.sentence,
            )

    def _check(self, content: Content) -> None:
        """Raise ``Unsupported`` for a file of a service's export."""
        head = layout(self._old.unit, content, self._options)
        if reason := by_hand(self._old.unit.path, [field.name for field in head.fields]):
            raise Unsupported(f"Change it by hand, because {reason}.")
        content.file.seek(0)

    def _action(self, change: Change) -> Action:
        return change.action if self._cuts or change.action is not Action.ERASE else Action.BLANK

    def _look(self, out: BinaryIO) -> None:
        """Read from the new file the records that stay."""
        stay = [one for one in self._changes if self._action(one) is not Action.ERASE]
        names = {parted(one.dataset, one.record)[1]: one.record for one in stay}
        if names:
            new = Held(replace(self._old.unit, open=lambda: lent(out)), lambda: self.after)
            for some in found(stay[0].dataset, new, names, [], self._options):
                self._new |= _versions(some)

    @contextmanager
    def _packed(self, content: Content, out: BinaryIO) -> Iterator[BinaryIO]:
        with self._old.unit.open() as file:
            head = file.read(10)
            file.seek(0)
        if not head.startswith(_GZIP) or content.is_archive:
            yield out
            return
        when = int.from_bytes(head[4:8], "little")
        # The library writes the name of a file below which it packs; only Latin-1 fits the format.
        name = PurePosixPath(self._old.unit.name).stem if head[3] & 8 else ""
        level = 9 if head[8] == 2 else zlib.Z_BEST_SPEED if head[8] == 4 else 6  # noqa: PLR2004
        with gzip.GzipFile(name, "wb", level, out, mtime=when) as packed:
            yield cast("BinaryIO", packed)
        self._told = replace(self._told, sentence=_joined(self._told.sentence, _REPACKED))


def _edit(change: Change) -> Edit:
    values = None if change.action is Action.ERASE else change.values
    return Edit(parted(change.dataset, change.record)[1], values)


def _versions(some: Fetched) -> dict[str, str]:
    return dict(zip(some.records.to_pylist(), some.versions.to_pylist(), strict=True))


def _joined(*sentences: str) -> str:
    return "; ".join(each for each in sentences if each)
