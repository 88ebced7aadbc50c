r"""Nested data as columns: ``{"a":{"b":[{"c":1},{"c":2}]}}`` has the one field ``a.b[].c``.

A record stays one row. Where a list gives a field several values, the cell holds them one a line
(joined with ``\n``), in order and without nulls, so that each is found at its own offset.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

#: The most fields of one file; what comes after lies under the name of all others.
MOST_FIELDS = 1000
OTHERS = "*"


def flatten(value: object) -> dict[str, str]:
    r"""Return the fields of one JSON value and their texts; a bare value's field is ``value``.

    >>> flatten({"a": {"b": [{"c": "1"}, {"c": "2"}]}, "d": None})
    {'a.b[].c': '1\n2'}
    """
    found: dict[str, list[str]] = {}
    for path, text in _leaves(value, ""):
        found.setdefault(path or "value", []).append(text)
    return {_whole(path): _whole("\n".join(texts)) for path, texts in found.items()}


class Columns:
    """The fields met so far in a file, in order, and rows made into batches of them."""

    def __init__(self) -> None:
        self.names: dict[str, None] = {}
        self.crowded = False

    def batch(self, rows: Iterable[dict[str, str]]) -> pa.RecordBatch:
        """Make a batch of ``rows``; fields they lack are null."""
        placed = [self._placed(row) for row in rows]
        names = list(self.names)
        arrays = [
            pa.array([row.get(name) or None for row in placed], pa.string()) for name in names
        ]
        return pa.RecordBatch.from_arrays(arrays, names)

    def _placed(self, row: dict[str, str]) -> dict[str, str]:
        new = [name for name in row if name not in self.names]
        if len(self.names) + len(new) <= MOST_FIELDS:
            self.names.update(dict.fromkeys(new))
            return row
        self.crowded = True
        self.names.setdefault(OTHERS)
        others = "\n".join(row[name] for name in new)
        return {name: text for name, text in row.items() if name in self.names} | {OTHERS: others}


def _leaves(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Yield what isn't nested, in order; however deep, for a value may be made to break readers."""
    ahead = [(path, value)]
    while ahead:
        path, value = ahead.pop()
        if isinstance(value, dict):
            inner = [(f"{path}.{key}" if path else key, each) for key, each in value.items()]
            ahead += reversed(inner)
        elif isinstance(value, list):
            ahead += [(f"{path}[]", each) for each in reversed(value)]
        elif isinstance(value, bool):
            yield path, "true" if value else "false"
        elif value is not None:
            yield path, str(value)


def _whole(text: str) -> str:
    """Put U+FFFD for a half of a surrogate pair, which an escape may leave alone."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
