"""Whatever a connector says of a person's data, it is told in Japanese too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.change import Why
from connectors.fingerprint import Signal
from connectors.rewriters import BY_HAND
from reports.reasons import explained

_CONNECTORS = Path(__file__).parents[2] / "connectors"
_SAYS = {"Unread", "Gap", "Refusal", "Hindered", "Hindrance"}


@pytest.mark.parametrize("module", sorted(_CONNECTORS.rglob("*.py")), ids=lambda path: path.stem)
def test_every_reason_is_told_in_japanese(module: Path) -> None:
    """What isn't read or changed gives its reason in both languages."""
    said = set(_sentences(ast.parse(module.read_text(encoding="utf-8"))))
    assert {one for one in said if explained(one) == one} == set()


@pytest.mark.parametrize(
    "words", [*Why, *BY_HAND.values(), *(one.doubt for one in Signal if one.doubt)]
)
def test_every_kind_of_reason_is_told_in_japanese(words: str) -> None:
    """So do the kinds of refusals, what is done by hand, and the doubts of fingerprints."""
    assert explained(words) != words


def _sentences(module: ast.Module) -> Iterator[str]:
    """Yield the sentences that stand in a reason's place, or in a constant that stands there."""
    constants = {
        name.id: node.value
        for node in module.body
        if isinstance(node, ast.Assign)
        for name in node.targets
        if isinstance(name, ast.Name)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SAYS:
            for given in (*node.args, *(keyword.value for keyword in node.keywords)):
                yield from _said(constants.get(getattr(given, "id", ""), given))


def _said(node: ast.expr) -> Iterator[str]:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    words = "".join(
        str(part.value) if isinstance(part, ast.Constant) else "17"
        for part in parts
        if isinstance(part, ast.Constant | ast.FormattedValue)
    )
    if words.count(" ") > 1 and not words.startswith("17"):  # its first words come from elsewhere
        yield words.replace("{}", "17")
