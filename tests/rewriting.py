"""What tests of rewriters share: writing bytes again with some edits, and reading both."""

from __future__ import annotations

import io
from collections.abc import Mapping

from connectors.readers import reader_for
from connectors.readers.base import Gap
from connectors.rewriters import rewriter_for
from connectors.rewriters.base import Edit, Rewritten

Values = Mapping[str, str | None]
Rows = list[tuple[str, dict[str, object]]]


def rewritten(
    media_type: str, data: bytes, edits: Mapping[str, Values | None], hint: str = "a"
) -> tuple[bytes, Rewritten]:
    """Write ``data`` again; ``edits`` are values by record, ``None`` to cut it."""
    out = io.BytesIO()
    some = [Edit(record, values) for record, values in edits.items()]
    done = rewriter_for(media_type).rewrite(io.BytesIO(data), hint, some, out)
    return out.getvalue(), done


def records(media_type: str, data: bytes, hint: str = "a") -> Rows:
    """Read ``data`` into (record, fields that aren't null), in the reader's order."""
    rows: Rows = []
    for piece in reader_for(media_type).read(io.BytesIO(data), hint):
        if not isinstance(piece, Gap):
            shown = piece.values.to_pylist() or [{}] * len(piece.records)
            present = ({k: v for k, v in row.items() if v is not None} for row in shown)
            rows += zip(piece.records.to_pylist(), present, strict=True)
    return rows


def is_without(data: bytes, new: bytes) -> bool:
    """Say whether ``new`` is ``data`` without one stretch of bytes."""
    size = len(data) - len(new)
    kept = next((at for at, (a, b) in enumerate(zip(data, new, strict=False)) if a != b), len(new))
    return size >= 0 and data[:kept] == new[:kept] and data[kept + size :] == new[kept:]
