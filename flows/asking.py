"""Opens an inventory to be asked, by its settings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flows import wiring
from flows.settings import Settings, load
from reports.inventory import Inventory
from reports.view import View


@dataclass(frozen=True, slots=True)
class Opened:
    """An inventory opened for reading, with the settings that name it."""

    settings: Settings
    inventory: Inventory
    view: View


def opened(config: Path) -> Opened:
    """Open the inventory that the settings name, as last committed."""
    settings = load(config, secrets=False)
    inventory = wiring.inventory(settings)
    return Opened(settings, inventory, inventory.view())
