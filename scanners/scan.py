"""走査 (scan): from a batch to its findings, by column and by distinct value.

A batch's column is dictionary-encoded, so that a value that stands in a million rows is looked at
once. What the table's verdict says of a column holds for its values as such; what is left is
searched, but only where RE2 saw over the whole column that there is something to search. The scan
is pure: the same batch and verdict give the same findings, whichever batch came before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from scanners.believable import LOOSE, believed
from scanners.compound import compound
from scanners.dummies import dummies
from scanners.finding import About, Entity, FieldFindings
from scanners.normalize import fold_values
from scanners.placing import Chunk, both, place, unlabelled, whole
from scanners.recognizers.base import Recognizer
from scanners.recognizers.registry import recognizers
from scanners.searching import Search
from scanners.values import Kind, as_text, is_code, kind_of
from scanners.verdict import FieldVerdict, TableVerdict

_BLANK = r"^\s*$"
#: Stands between a label and its value.
_LABELS = ": "
#: Nothing is known of text without columns, so all of it is searched.
_TEXT = TableVerdict(About.UNKNOWN, {})


@dataclass(frozen=True, slots=True, repr=False)
class _Cells:
    """The distinct values of a column, as given and folded; ``open`` are those to search."""

    given: pa.StringArray
    folded: pa.StringArray
    open: pa.BooleanArray


class Scanner:
    """Scans batches; remembers what it found in short texts, so that the next batch is quicker."""

    def __init__(self, known: Sequence[Recognizer] | None = None) -> None:
        self._known = tuple(known if known is not None else recognizers())
        self._fits = {one.ENTITY: one.fits for one in self._known}
        self._search = Search(self._known)

    def scan(
        self, values: pa.RecordBatch, verdict: TableVerdict | None = None
    ) -> list[FieldFindings]:
        """Find every entity in a batch; one answer per column that holds any.

        ``verdict`` is the judgement on the table, or ``None`` for text without columns: then every
        string column is searched for everything.
        """
        columns = zip(values.schema.names, values.columns, strict=True)
        judged = verdict or _TEXT
        found = (self._field(values, name, column, judged) for name, column in columns)
        return [one for one in found if one is not None]

    def _field(
        self, values: pa.RecordBatch, name: str, column: pa.Array, judged: TableVerdict
    ) -> FieldFindings | None:
        names = values.schema.names
        if judged.labelled.get(name) in names:
            return self._labelled(values, name, judged.labelled[name])
        if name in judged.joined and set(judged.joined[name]) <= set(names):
            return self._joined(values, name, judged)
        return self._column(name, column, judged)

    def _joined(
        self, values: pa.RecordBatch, name: str, judged: TableVerdict
    ) -> FieldFindings | None:
        """Take what the parts in each row are together, and what the field is by itself."""
        *others, verdict = judged.fields[name]
        rest = replace(judged, fields={**judged.fields, name: tuple(others)})
        alone = self._column(name, values.column(name), rest)
        texts = compound(values, judged.joined[name], verdict.entity)
        if texts is None:
            return alone
        encoded = texts.dictionary_encode()
        every = pa.repeat(pa.scalar(True), len(encoded.dictionary))
        chunk = whole(verdict.entity, verdict.score, encoded.dictionary, every)
        return both(place(name, encoded, [chunk]), alone)

    def _labelled(self, values: pa.RecordBatch, name: str, label: str) -> FieldFindings | None:
        """Search a column's values with their rows' labels before them."""
        labels, texts = as_text(values.column(label)), as_text(values.column(name))
        if labels is None or texts is None:
            return None
        plain = pc.replace_substring(labels, _LABELS, " ")
        before = pc.binary_join_element_wise(plain, "", _LABELS, null_handling="replace")
        encoded = pc.binary_join_element_wise(before, texts, "").dictionary_encode()
        cells = _cells(encoded.dictionary, codes=False)
        chunk = self._search.search(cells.given, cells.folded, cells.open, frozenset())
        return place(name, encoded, [unlabelled(chunk, cells.given, _LABELS)])

    def _column(self, name: str, column: pa.Array, judged: TableVerdict) -> FieldFindings | None:
        verdicts = tuple(one for one in judged.fields.get(name, ()) if one.whole)
        text = kind_of(column.type) is Kind.TEXT and name not in judged.not_text
        texts = as_text(column) if text or verdicts else None
        if texts is None:
            return None
        encoded = texts.dictionary_encode()
        cells = _cells(encoded.dictionary, codes=name in judged.codes)
        chunks = []
        for verdict in verdicts:
            chunk, cells = self._as_such(cells, verdict, alone=len(verdicts) == 1)
            chunks.append(chunk)
        if text:
            closed = _closed(name, judged, verdicts)
            chunks.append(self._search.search(cells.given, cells.folded, cells.open, closed))
        return place(name, encoded, chunks)

    def _as_such(
        self, cells: _Cells, verdict: FieldVerdict, *, alone: bool
    ) -> tuple[Chunk, _Cells]:
        """Take the values that are the entity, and close them unless more may stand in them."""
        mask = self._holding(cells, verdict.entity, alone=alone)
        if verdict.entity is Entity.FOREIGN_PASSPORT:  # whose form includes that of Japan's
            mask = pc.and_(mask, cells.open)
        made_up = dummies(verdict.entity, cells.folded)
        chunk = whole(verdict.entity, verdict.score, cells.given, mask, made_up)
        if verdict.entity in LOOSE:
            return chunk, cells
        return chunk, _Cells(cells.given, cells.folded, pc.and_not(cells.open, mask))

    def _holding(self, cells: _Cells, entity: Entity, *, alone: bool) -> pa.BooleanArray:
        if entity is Entity.SUBJECT_KEY:
            return pc.invert(pc.match_substring_regex(cells.folded, _BLANK))
        shaped = believed(entity, cells.folded) if alone or entity not in LOOSE else None
        if shaped is not None:
            return shaped
        return pa.array(list(map(self._fits[entity], cells.folded.to_pylist())), pa.bool_())


def _cells(given: pa.StringArray, *, codes: bool) -> _Cells:
    folded = fold_values(given)
    open_ = pc.invert(is_code(folded)) if codes else pa.repeat(pa.scalar(True), len(given))
    return _Cells(given, folded, open_)


def _closed(name: str, judged: TableVerdict, verdicts: Sequence[FieldVerdict]) -> frozenset[Entity]:
    """Return the entities not to search a field for: names among other data, addresses twice."""
    held = {one.entity for one in verdicts}
    other = bool(held - {Entity.PERSON}) or name in judged.labels or name in judged.codes
    return frozenset((held & LOOSE) | ({Entity.PERSON} if other else set()))
