"""The inventory's small tables as reports take them."""

from __future__ import annotations

from reports.holdings import Tables
from reports.view import View


def of(view: View) -> Tables:
    """Read every table but locations and what is derived from them."""
    return Tables(**{name: view[name].to_table() for name in Tables.__slots__})
