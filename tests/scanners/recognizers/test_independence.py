"""Recognizers are siblings: each may be taken out, or added, without touching another."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from scanners.recognizers.registry import TABLE

FOLDER = Path(__file__).parents[3] / "scanners" / "recognizers"
MODULES = [module for module, _ in TABLE]


@pytest.mark.parametrize("module", MODULES)
def test_a_recognizer_imports_no_other(module: str) -> None:
    """What recognizers share lies beside them, never in one of them."""
    tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported & {f"scanners.recognizers.{other}" for other in MODULES} == set()
