"""Word documents, written again with some paragraphs and table rows empty.

Parts are never removed, for the others are counted by their places. What is emptied is the text in
the runs, 振り仮名 and words deleted under tracked changes too, and the copy of a text box for older
programs; every other byte of the package stays. The new document is read again before it is
given: whatever is more or less than the parts named being empty, refuses.
"""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from typing import BinaryIO, cast

from lxml import etree

from connectors.change import Why
from connectors.errors import Damaged
from connectors.readers.base import Gap
from connectors.readers.docx import DocxReader, blocks, blocks_of, runs, stories
from connectors.readers.package import Closed, package
from connectors.rewriters.base import Edit, Hindrance, Rewritten
from connectors.rewriters.hindered import Hindered
from connectors.rewriters.named import gone_of, merged, numbers
from connectors.rewriters.office_copies import copies
from connectors.rewriters.xml_texts import without_texts
from connectors.rewriters.zip_copy import copy, spooled

_SHUT = "The document is encrypted or damaged; open it in Word."
_WRITTEN = "Its text has a form of its own; write it in Word."
_BESIDE = "It is a link or a property, not text; change it in Word."
_MORE = "Its text also lies in what can't be emptied alone; delete it in Word."
_HELD = "{} still holds the old value; change it in Word"


class DocxRewriter:
    """Empties paragraphs and table rows."""

    def rewrite(self, file: BinaryIO, hint: str, edits: Sequence[Edit], out: BinaryIO) -> Rewritten:
        """Write the document again."""
        before = _read(file, hint)
        if refused := list(_refused(edits, before)):
            return Rewritten(0, tuple(refused))
        try:
            with spooled() as new:
                sentence = _written(file, {*numbers(edits, "part")}, new)
                after = _read(new, hint)
                _compare(before, after, {edit.record for edit in edits})
                new.seek(0)
                shutil.copyfileobj(new, out)
        except Hindered as hindered:
            return Rewritten(0, tuple(_all(edits, hindered)))
        except (Closed, Damaged, zipfile.BadZipFile):
            return Rewritten(0, tuple(_all(edits, Hindered(Why.BY_HAND, _SHUT))))
        return Rewritten(len(after), (), sentence)


def _refused(edits: Sequence[Edit], before: dict[str, str]) -> Iterator[Hindrance]:
    numbered = {edit.record for edit in numbers(edits, "part").values()}
    for record, edit in merged(edits).items():
        if record not in before:
            yield gone_of(record)
        elif record not in numbered:
            yield Hindrance(record, Why.BY_HAND, _BESIDE)
        elif edit.values is not None and any(edit.values.values()):
            yield Hindrance(record, Why.WRONG_TYPE, _WRITTEN)


def _written(file: BinaryIO, wanted: set[int], new: BinaryIO) -> str:
    """Write the document anew; return what is to be said of copies."""
    file.seek(0)
    with package(file) as word, zipfile.ZipFile(file) as archive:
        trees = stories(word)
        some = [block for number, block in enumerate(blocks(trees), 1) if number in wanted]
        if len(some) < len(wanted):
            raise Hindered(Why.BY_HAND, _BESIDE)
        emptied = {run for block in some for one in (block, *_twins(block)) for run in runs(one)}
        texts = {"".join(run.text or "" for run in runs(block)) for block in some}
        parts = {}
        for name, tree in trees.items():
            places = {at for at, one in enumerate(tree.iter()) if one in emptied}
            if places:
                parts[name] = io.BytesIO(without_texts(archive.read(name), places))
        copy(file, cast("dict[str, BinaryIO]", parts), new)
        told = copies(archive, {}, texts | {run.text or "" for run in emptied}, trees)
        if any(_in_fields(tree, texts) for tree in trees.values()):
            told.append("a field")
        return "; ".join(_HELD.format(each) for each in told)


def _compare(before: dict[str, str], after: dict[str, str], gone: set[str]) -> None:
    if after != {name: text for name, text in before.items() if name not in gone}:
        raise Hindered(Why.BY_HAND, _MORE)


def _twins(block: etree._Element) -> Iterator[etree._Element]:
    """Yield what is the same in the copy of its text box for older programs."""
    box = next(block.iterancestors("{*}txbxContent"), None)
    both = next(box.iterancestors("{*}AlternateContent"), None) if box is not None else None
    if box is None or both is None:
        return
    boxes = list(both.iter("{*}txbxContent"))
    old = [one for one in boxes if next(one.iterancestors("{*}Fallback"), None) is not None]
    new = [one for one in boxes if one not in old]
    if not old:
        return
    mine, theirs = list(blocks_of(box)), [list(blocks_of(one)) for one in old]
    if len(new) != len(old) or len(theirs[new.index(box)]) != len(mine):
        raise Hindered(Why.BY_HAND, _MORE)
    yield theirs[new.index(box)][mine.index(block)]


def _in_fields(tree: etree._Element, texts: set[str]) -> bool:
    codes = "".join(each.text or "" for each in tree.iter("{*}instrText", "{*}delInstrText"))
    return any(text in codes for text in texts if text)


def _read(file: BinaryIO, hint: str) -> dict[str, str]:
    """Return the document's parts as its reader tells them."""
    file.seek(0)
    found: dict[str, str] = {}
    for piece in DocxReader().read(file, hint):
        if not isinstance(piece, Gap):
            # A field that others of its piece have is null in one that lacks it.
            rows = (
                json.dumps({k: v for k, v in row.items() if v}) for row in piece.values.to_pylist()
            )
            found |= zip(piece.records.to_pylist(), rows, strict=True)
    return found


def _all(edits: Sequence[Edit], why: Hindered) -> Iterator[Hindrance]:
    for record in merged(edits):
        yield Hindrance(record, why.why, str(why))
