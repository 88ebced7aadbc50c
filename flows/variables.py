"""``${NAME}`` in the settings: a variable of the environment, so that no file holds a secret."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

from flows.faults import Fault

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def expanded(tree: dict[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """Return the settings with every variable filled in, and those that aren't set, by key.

    One that isn't set stays as it is written.
    """
    faults: list[Fault] = []
    return _expand(tree, "", faults), faults


def _expand(node: Any, key: str, faults: list[Fault]) -> Any:
    if isinstance(node, dict):
        return {
            name: _expand(value, f"{key}.{name}".lstrip("."), faults)
            for name, value in node.items()
        }
    if isinstance(node, list):
        return [_expand(value, f"{key}.{number}", faults) for number, value in enumerate(node, 1)]
    if isinstance(node, str):
        faults += _unset(node, key)
        return _VARIABLE.sub(lambda match: os.environ.get(match[1], match[0]), node)
    return node


def _unset(text: str, key: str) -> Iterator[Fault]:
    for name in _VARIABLE.findall(text):
        if name not in os.environ:
            yield Fault(key, f"${{{name}}} is not set in the environment", f"export {name}=…")
