"""``shozai.toml``: what a company tells Shozai about itself, its policy and its sources.

Read once into frozen models. Every fault is reported at once, by its key, with how to mend it.
``${NAME}`` stands for an environment variable; what it stands for is never printed.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from flows.conflicts import conflicts
from flows.faults import Fault, SettingsError
from flows.mending import mended
from flows.source_settings import Section, SourceSettings
from flows.variables import expanded

#: The keys whose secrets may be missing: of what writes until it does, of what reads if asked.
_WRITES = re.compile(r"source\.\d+\.write_url")
_SOURCE = re.compile(r"source\.\d+\.(read_|write_)?url")


class Company(Section):
    """Who answers requests; printed in letters."""

    name: str = ""
    address: str = ""
    representative: str = ""
    url: str = ""


class Desk(Section):
    """Where people ask (Act Art. 32; policy Art. 10)."""

    name: str = ""
    telephone: str = ""
    hours: str = ""
    closed: str = ""


class Policy(Section):
    """A privacy policy in force; ``fees`` in yen by request kind, ``targets`` in days."""

    name: str = "main"
    version: str = ""
    effective: date | None = None
    url: str = ""
    fees: dict[str, int] = Field(default_factory=dict)
    targets: dict[str, int] = Field(default_factory=dict)


class Purpose(Section):
    """A stated purpose of use (policy Art. 2), with the time in which it was in force."""

    id: str
    text: str
    policy: str = "main"
    kind: Literal["service", "survey"] = "service"
    from_: date | None = Field(default=None, alias="from")
    until: date | None = None


class InventoryPlace(Section):
    """Where the inventory lies, and the key it is written under (unless ``SHOZAI_KEY`` is set)."""

    path: str = "inventory"
    key_file: str = "shozai.key"


class ManualPlace(Section):
    """A place nobody scans: paper, recordings, a contractor's system."""

    name: str
    medium: str = ""
    owner: str = ""
    contractor: str = ""
    look_up: str = ""
    who: str = ""


class Person(Section):
    """Who an operating system user or account is here."""

    id: str
    role: Literal["engineer", "compliance", "handler", "approver", "auditor"]


class Settings(Section):
    """All of ``shozai.toml``; ``folder`` is where it lies, to which paths are relative."""

    folder: Path = Path()
    company: Company = Company()
    desk: Desk = Desk()
    policy: tuple[Policy, ...] = ()
    purpose: tuple[Purpose, ...] = ()
    inventory: InventoryPlace = InventoryPlace()
    source: tuple[SourceSettings, ...] = ()
    people: dict[str, Person] = Field(default_factory=dict)
    place: tuple[ManualPlace, ...] = ()

    @property
    def inventory_path(self) -> Path:
        """Where the inventory lies, as an absolute path."""
        return (self.folder / self.inventory.path).absolute()


def load(path: Path, *, secrets: bool = True) -> Settings:
    """Read and check settings; raise :class:`SettingsError` naming every fault.

    Who only asks the inventory needs no ``secrets`` of the sources: their URLs stay as written.
    """
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise _refusal(path, "there is no such file", "run `shozai init`") from None
    except OSError as error:
        raise _refusal(path, f"can't be read: {error.strerror}", "name another") from None
    except UnicodeDecodeError:
        raise _refusal(path, "isn't UTF-8", "save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise _refusal(path, f"isn't TOML: {error}", "") from None
    return _checked(path, tree, secrets)


def _refusal(path: Path, what: str, mend: str) -> SettingsError:
    return SettingsError(path, [Fault("", what, mend)])


def _checked(path: Path, tree: dict[str, Any], secrets: bool) -> Settings:
    tree, unset = expanded(tree)
    spared = _WRITES if secrets else _SOURCE
    faults = [fault for fault in unset if not spared.fullmatch(fault.key)]
    try:
        settings = Settings.model_validate({**tree, "folder": path.absolute().parent})
    except ValidationError as error:
        faults += mended(error.errors(include_input=False), Settings)
    if faults := [*faults, *conflicts(tree)]:
        raise SettingsError(path, faults)
    return settings
