"""What pydantic finds wrong with the settings, in words that say how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel

from flows.faults import Fault

#: What is wrong and how to mend it, by the beginning of pydantic's word for it.
_WORDS = {
    "missing": ("is missing", "add it"),
    "string_pattern_mismatch": (
        "is no name for a source",
        "use a lower-case letter, then letters, digits, - and _ (at most 41)",
    ),
    "string_type": ("is no text", "put it in quotation marks"),
    "too_short": ("is empty", "write its path or URL"),
    "date": ("is no date", "write 2026-04-01, without quotation marks"),
    "int": ("is no whole number", "write digits, without quotation marks"),
    "tuple_type": ("is no list", "write it in [ ], or a section under [[ ]]"),
    "dict_type": ("is no section", "write it under [ ]"),
    "model_type": ("is no section", "write it under [ ]"),
    "float": ("is no number", "write digits, without quotation marks"),
    "greater_than": ("is too small", "write a number above 0"),
    "less_than_equal": ("is too large", "write at most 64"),
    "hours": ("is no window of hours", 'write "22:00-06:00"'),
    "secret": (
        "is no place of secrets",
        'write "rds-iam", "rds-iam:REGION" or "secretsmanager:ARN"',
    ),
    "bool": ("is neither", "write true, or the reason why not in quotation marks"),
}


def mended(errors: Iterable[Mapping[str, Any]], root: type[BaseModel]) -> list[Fault]:
    """Turn pydantic's errors into faults with their mends, one for each key."""
    faults = {fault.key: fault for fault in reversed([_mend(one, root) for one in errors])}
    return list(reversed(faults.values()))


def _mend(details: Mapping[str, Any], root: type[BaseModel]) -> Fault:
    # Where a value may be of two types, pydantic adds the type to the key.
    location = tuple(part for part in details["loc"] if part not in ("bool", "str"))
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in location)
    if details["type"] == "extra_forbidden":
        known = _names_at(root, location)
        return Fault(key, "is no setting", _nearest(str(location[-1]), known))
    if details["type"] == "literal_error":
        return Fault(key, "is none of its values", f"valid are {details['ctx']['expected']}")
    return Fault(key, *_words(details))


def _words(details: Mapping[str, Any]) -> tuple[str, str]:
    known = (words for begins, words in _WORDS.items() if details["type"].startswith(begins))
    message = str(details["msg"])
    return next(known, (message[:1].lower() + message[1:], ""))


def _nearest(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]}?" if close else f"valid are {', '.join(known)}"


def _names_at(model: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    for part in location[:-1]:
        field = model.model_fields.get(str(part)) if isinstance(part, str) else None
        if field:
            model = next(_models_in(field.annotation), model)
    return sorted(
        (field.alias or name) for name, field in model.model_fields.items() if name != "folder"
    )


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
