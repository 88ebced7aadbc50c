"""What tests of readers share: reading bytes into rows and gaps, both ways a file is given."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from connectors.readers.base import Gap, Reader


@dataclass(frozen=True)
class Read:
    """What a reader made of some bytes: (record, fields that aren't null) in order, and gaps."""

    rows: list[tuple[str, dict[str, object]]]
    gaps: list[Gap]

    def texts(self) -> dict[str, object]:
        """Return the field ``text`` by record."""
        return {record: values["text"] for record, values in self.rows if "text" in values}


@pytest.fixture
def read() -> Callable[..., Read]:
    """Return a function that reads bytes with a reader, checking what every reader promises."""
    return _read


def _read(reader: Reader, data: bytes, hint: str = "") -> Read:
    reader.layout(io.BytesIO(data), hint)
    rows: list[tuple[str, dict[str, object]]] = []
    gaps: list[Gap] = []
    for piece in reader.read(io.BytesIO(data), hint):
        if isinstance(piece, Gap):
            gaps.append(piece)
            continue
        assert len(piece.records) == piece.values.num_rows > 0
        present = (
            {k: v for k, v in row.items() if v is not None} for row in piece.values.to_pylist()
        )
        rows += zip(piece.records.to_pylist(), present, strict=True)
    return Read(rows, gaps)
