"""Gives each test of the contract every kind of store that it can be kept for.

A test marked ``needs("sql", "writes")`` is asked of the kinds that have these abilities; for the
others it isn't made at all, so nothing is skipped that could be run.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.stores.base import Kind, Store
from tests.contract.stores.kinds import STORES


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a test for each kind of store that can what it needs."""
    if "kind" in metafunc.fixturenames:
        needs = [
            ability for mark in metafunc.definition.iter_markers("needs") for ability in mark.args
        ]
        able = [kind for kind in STORES if all(getattr(kind, ability) for ability in needs)]
        metafunc.parametrize(
            "kind", [pytest.param(kind, id=kind.name, marks=kind.marks) for kind in able]
        )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what no kind of store can so far, instead of skipping it."""
    items[:] = [item for item in items if not _is_for_none(item)]


def _is_for_none(item: pytest.Item) -> bool:
    call = getattr(item, "callspec", None)
    return call is not None and "kind" in call.params and not isinstance(call.params["kind"], Kind)


@pytest.fixture
def store(kind: Kind, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give an empty store of each kind."""
    folder = tmp_path / "store"
    folder.mkdir()
    made = kind.made(request, folder)
    yield made
    made.close()
