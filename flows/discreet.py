"""Errors that may be shown, logged and kept by Prefect: none of them holds a value of anyone.

Shozai's own errors are sentences without values. Any other exception may carry one (``invalid
literal for int(): '090-…'``), so only its kind and place are told.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from connectors.errors import SourceError
from flows.faults import ShozaiError
from reports.errors import InventoryError

_HOUSE = Path(__file__).parent.parent


class Unexpected(ShozaiError):
    """A fault of Shozai's own, told without the values it met."""


@contextmanager
def discreet() -> Iterator[None]:
    """Let Shozai's own errors through, and of all others only their kind and place."""
    try:
        yield
    except (ShozaiError, SourceError, InventoryError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, its values go no further
        raise Unexpected(f"Unexpected {type(error).__name__} at {place(error)}.") from None


def place(error: Exception) -> str:
    """Return where an exception came from, in our own files if it passed there."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_HOUSE)]
    own = [frame for frame in ours if ".venv" not in frame.filename] or frames
    last = own[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
