"""Fetching: single records of files as they stand now, each with its version."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from connectors.change import Fetched, Refusal, Why
from connectors.files.content import explain, opened
from connectors.files.hashing import versions
from connectors.files.held import Held, held
from connectors.files.inside import Inside
from connectors.files.named import by_file
from connectors.options import Options
from connectors.readers import reader_for
from connectors.readers.base import Gap

_GONE = "The file doesn't hold this record any more; scan it again."
#: Why a record that was read isn't given.
CHANGED = "The file changed while it was read; fetch the record again."


class Fetching:
    """Looks for records of one dataset, file by file."""

    def __init__(self, inside: Inside, options: Options, *, is_local: bool) -> None:
        self._inside = inside
        self._options = options
        self._is_local = is_local

    def fetched(self, dataset: str, records: Sequence[str]) -> Iterator[Fetched | Refusal]:
        """Yield what is found, and for each that isn't the reason."""
        for path, names in by_file(dataset, records).items():
            missing = dict(names)
            gaps: list[str] = []
            try:
                yield from self._file(dataset, path, missing, gaps)
            except Exception as error:  # noqa: BLE001  # a parser may raise anything
                gone = isinstance(error, FileNotFoundError)
                gaps += [] if gone else [explain(error)[1]]
            for record in missing.values():
                yield missed(dataset, record, gaps)

    def _file(
        self, dataset: str, path: str, missing: dict[str, str], gaps: list[str]
    ) -> Iterator[Fetched | Refusal]:
        with self._inside.found(path) as unit:
            # A member of an archive is unpacked anew each time, which is what copying it saves.
            is_local = self._is_local and not unit.depth
            with held(unit, self._options.digest_key, is_local=is_local) as file:
                some = list(found(dataset, file, missing, gaps, self._options))
            if self._inside.has_changed(path, unit):
                for each in some:
                    for record in each.records.to_pylist():
                        yield Refusal(dataset, record, Why.CHANGED, CHANGED)
                return
            yield from some


def found(
    dataset: str, file: Held, missing: dict[str, str], gaps: list[str], options: Options
) -> Iterator[Fetched]:
    """Yield the records that are missing, and take their names from there; add what is unread."""
    if not file.unit.bytes:
        return
    with opened(file.unit) as content:
        for piece in reader_for(content.media_type, options).read(content.file, content.hint):
            if isinstance(piece, Gap):
                gaps.append(piece.reason)
            elif (some := among(piece.records, piece.values, missing)) is not None:
                names = [missing.pop(each) for each in some[0].to_pylist()]
                told = versions(file.hash, some[1], options.digest_key)
                yield Fetched(dataset, pa.array(names, pa.string()), told, some[1])
            if not missing:
                return


def among(
    records: pa.StringArray, values: pa.RecordBatch, missing: Collection[str]
) -> tuple[pa.StringArray, pa.RecordBatch] | None:
    """Return those records that are asked for, with their values; ``None`` where none is."""
    mask = pc.is_in(records, pa.array(list(missing), pa.string()))
    if not pc.any(mask, min_count=0).as_py():
        return None
    return records.filter(mask), values.filter(mask)


def missed(dataset: str, record: str, gaps: Sequence[str]) -> Refusal:
    """Say why a record wasn't found."""
    if gaps:
        sentence = f"The file wasn't read to its end ({gaps[0]}): look at it by hand."
        return Refusal(dataset, record, Why.BY_HAND, sentence)
    return Refusal(dataset, record, Why.GONE, _GONE)
