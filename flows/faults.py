"""Faults in what a user wrote: where, what is wrong, and how to mend it, all at once."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

if TYPE_CHECKING:
    from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend; ``key`` is dotted, list items counted from 1."""

    key: str
    what: str
    mend: str

    def __str__(self) -> str:
        return ": ".join(filter(None, [self.key, "; ".join(filter(None, [self.what, self.mend]))]))


class ShozaiError(Exception):
    """The root of what ``flows`` raises: a sentence for the user, and the exit code it means."""

    exit_code = 4


class UsageError(ShozaiError):
    """The command was given something it can't use."""

    exit_code = 2


class SettingsError(UsageError):
    """The settings can't be used; ``faults`` lists every reason."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{path}: {fault}" for fault in faults))


def mend(details: Mapping[str, Any], root: type[BaseModel]) -> Fault:
    """Turn one of pydantic's errors into a fault with its mend."""
    location = tuple(details["loc"])
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in location)
    if details["type"] == "extra_forbidden":
        return Fault(key, "is no setting", _nearest(str(location[-1]), _names_at(root, location)))
    if details["type"] == "value_error":
        return Fault(key, str(details["msg"]).removeprefix("Value error, "), "")
    return Fault(key, _sentence(details), "")


def _sentence(details: Mapping[str, Any]) -> str:
    message = str(details["msg"])
    if details["type"] == "string_pattern_mismatch":
        return "use a lower-case letter, then letters, digits, - and _ (at most 41)"
    return message[:1].lower() + message[1:]


def _nearest(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]}?" if close else f"valid are {', '.join(known)}"


def _names_at(model: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    for part in location[:-1]:
        field = model.model_fields.get(str(part)) if isinstance(part, str) else None
        if field:
            model = next(iter(_models_in(field.annotation)), model)
    return sorted(
        (field.alias or name) for name, field in model.model_fields.items() if name != "folder"
    )


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if hasattr(annotation, "model_fields"):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models_in(argument)]
