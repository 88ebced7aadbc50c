"""The house: who imports whom, what is depended on and under which licence, sizes, the README."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from email.message import Message
from importlib.metadata import Distribution, distributions, packages_distributions
from pathlib import Path
from typing import cast

import typer.main
from importlinter.cli import lint_imports
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from flows.cli import app
from scanners.finding import Entity

HOUSE = Path(__file__).parents[1]
PACKAGES = ("flows", "scanners", "connectors", "reports")
MODULES = sorted(path for name in PACKAGES for path in (HOUSE / name).rglob("*.py"))
#: What is no code and no page of ours: weights, lists, templates of sentences.
DATA = sorted(
    path
    for name in PACKAGES
    for path in (HOUSE / name).rglob("*")
    if path.suffix in {".npz", ".gz", ".txt", ".db", ".csv", ".tsv", ".bin"}
)
#: Where the licence of such a file stands, in its folder or the one above.
TOLD = ("NOTICE", "README.md")
MOST_LINES, OF_A_FUNCTION = 200, 30
#: Modules about one noun whose rules, stated at the top, make them longer; they may only shrink.
LONGER = {
    "connectors/readers/header.py": 225,
    "reports/export.py": 229,
    "reports/search.py": 208,
}
LOCK = (HOUSE / "requirements.lock").read_text(encoding="utf-8")
PINS: dict[str, str] = {
    canonicalize_name(name): version
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK, re.MULTILINE)
}
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]

_OF_TEXT_UNIDECODE = (
    "Artistic License; GNU General Public License (GPL); "
    "GNU General Public License v2 or later (GPLv2+)"
)
#: What a licence says of itself, as an expression or in a classifier's words. All of these may be
#: used by, and installed beside, a program under Apache-2.0; LGPL and MPL cover their own files
#: alone; of text-unidecode's two the Artistic License is chosen.
ALLOWED = {
    "Apache Software License",
    "Apache-2.0",
    "Apache-2.0 AND BSD-2-Clause",
    "Apache-2.0 AND CNRI-Python",
    "Apache-2.0 AND MIT",
    "Apache-2.0 OR BSD-2-Clause",
    "Apache-2.0 OR BSD-3-Clause",
    _OF_TEXT_UNIDECODE,
    "BSD License",
    "BSD License; Apache Software License",
    "BSD License; Public Domain",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0",
    "BSD-3-Clause, Apache-2.0, dependency licenses",
    "GNU Lesser General Public License v2 or later (LGPLv2+)",
    "ISC",
    "ISC License (ISCL)",
    "LGPL-2.1",
    "LGPL-3.0-only",
    "MIT",
    "MIT AND PSF-2.0",
    "MIT License",
    "MIT License; Apache Software License",
    "MIT OR Apache-2.0",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "MPL-2.0 AND (Apache-2.0 OR MIT)",
    "MPL-2.0 AND MIT",
    "Mozilla Public License 2.0 (MPL 2.0)",
    "PSF-2.0",
    "Python Software Foundation License",
}


def test_imports_run_one_way() -> None:
    """The contracts in pyproject.toml hold: flows, reports, then connectors and scanners."""
    assert lint_imports(config_filename=str(HOUSE / "pyproject.toml"), no_cache=True) == 0


def test_no_dependency_has_a_name_of_ours() -> None:
    """The wheel installs four generic names; no other distribution provides one of them."""
    provided = packages_distributions()
    assert {one for name in PACKAGES for one in provided.get(name, ())} <= {"shozai"}


def test_the_lock_holds_no_address() -> None:
    """Pins and hashes only: whoever installs decides from where."""
    assert "://" not in LOCK
    assert not re.search(r"^\s*(-i|--index|--extra-index|--find-links|-f)\b", LOCK, re.MULTILINE)
    pins = [one for one in re.split(r"\n(?=\S)", LOCK.strip()) if not one.startswith("#")]
    assert [one for one in pins if "--hash=sha256:" not in one] == []


def test_every_dependency_is_pinned_in_its_bounds() -> None:
    """The lock has every dependency of pyproject.toml, each in the bounds stated there."""
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    for requirement in map(Requirement, wanted):
        version = PINS.get(canonicalize_name(requirement.name))
        assert version, requirement.name
        assert requirement.specifier.contains(version, prereleases=True), requirement


def test_prefect_gets_the_fastapi_it_works_with() -> None:
    """Prefect 3.8.8's server fails with fastapi 0.155 and later."""
    assert tuple(map(int, PINS["fastapi"].split("."))) < (0, 155)


def test_every_licence_is_known_and_allowed() -> None:
    """Each dependency says its licence, and it is one of the list above."""
    installed: dict[str, Distribution] = {
        canonicalize_name(one.metadata["Name"]): one for one in distributions()
    }
    # What isn't installed is pinned for another platform or Python.
    said = {name: _licence(installed[name]) for name in PINS if name in installed}
    assert {name: licence for name, licence in said.items() if licence not in ALLOWED} == {}


def test_what_is_no_code_says_its_licence() -> None:
    """Weights and lists are named with a licence beside them, by file or by folder."""
    assert [_of_the_house(path) for path in DATA if not _is_licensed(path)] == []


def test_licences_ship_with_what_they_cover() -> None:
    """The package states every licence in its metadata, and carries the notices."""
    assert PROJECT["license"].split(" AND ") == [
        "Apache-2.0",
        "BSD-3-Clause",
        "CC-BY-SA-4.0",
        "MIT",
    ]
    shipped = [path for glob in PROJECT["license-files"] for path in HOUSE.glob(glob)]
    model = HOUSE / "scanners/japanese/model"
    assert {*shipped} == {HOUSE / "LICENSE", model / "NOTICE", *model.glob("LICENSE.*")}
    assert "(NOTICE)" in (model / "MODEL_CARD.md").read_text("utf-8")


def test_a_module_is_small_and_says_what_it_is() -> None:
    """Each opens with a docstring, has at most 200 lines, and functions of at most 30."""
    faults = {_of_the_house(path): list(_faults(path)) for path in MODULES}
    assert {path: found for path, found in faults.items() if found} == {}


def test_the_readme_names_every_command_and_option() -> None:
    """What `--help` lists is in the README, in code."""
    prose = re.sub(r"```.*?```", "", (HOUSE / "README.md").read_text("utf-8"), flags=re.DOTALL)
    code = " ".join(re.findall(r"`([^`\n]+)`", prose))
    words = set(re.findall(r"[\w-]+", code))
    assert sorted(set(_commands_and_options()) - words) == []


def test_the_readme_names_every_entity() -> None:
    """What can be found is listed where people look first."""
    text = (HOUSE / "README.md").read_text("utf-8")
    listed = text.partition("## What it finds")[2].partition("\n## ")[0]
    assert [entity.value for entity in Entity if f"`{entity}`" not in listed] == []


def _of_the_house(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def _is_licensed(path: Path) -> bool:
    beside = [path.parent / name for name in TOLD] + [path.parent.parent / name for name in TOLD]
    told = "\n".join(text.read_text("utf-8") for text in beside if text.is_file())
    lines = [
        line for line in told.splitlines() if path.name in line or f"`{path.parent.name}/`" in line
    ]
    return any(re.search("Apache-2.0|CC BY-SA|MIT", line) for line in lines)


def _faults(path: Path) -> Iterator[str]:
    """Yield what is wrong with a module."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    if text.strip() and not ast.get_docstring(tree):
        yield "doesn't say what it is"
    if (lines := len(text.splitlines())) > LONGER.get(_of_the_house(path), MOST_LINES):
        yield f"{lines} lines"
    long = ((name, lines) for name, lines in _functions(tree) if lines > OF_A_FUNCTION)
    yield from (f"{name} has {lines} lines" for name, lines in long)


def _licence(distribution: Distribution) -> str:
    """Return the licence's expression, or else what classifiers say, or else the first line."""
    said = cast("Message", distribution.metadata)
    classified = [one for one in said.get_all("Classifier") or () if one.startswith("License ::")]
    words = [one.rpartition(" :: ")[2] for one in classified]
    first = (said.get("License") or "").strip().partition("\n")[0]
    return str(said.get("License-Expression") or "; ".join(words) or first)


def _functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield each function's name and lines, its signature and docstring left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            if body:
                yield node.name, (body[-1].end_lineno or 0) - body[0].lineno + 1


def _commands_and_options() -> Iterator[str]:
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        yield name
        for parameter in command.params:
            yield from (one for one in parameter.opts if one.startswith("--"))
