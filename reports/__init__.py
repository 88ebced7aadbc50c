"""The inventory, and what is read from it. ``open_inventory`` is how anyone reads it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.view import View

__all__ = ["open_inventory"]


def open_inventory(path: Path | str) -> View:
    """Open an inventory for reading: ``view["locations"]`` is an Arrow dataset; needs no key."""
    # What a view needs is heavy: `import reports` stays cheap.
    from reports.view import View

    return View(path)
