"""版 (versions): what tells whether a recognizer, or the judging of columns, is still what it was.

A version is a digest of what runs: of the module, of all that it imports (folding, dates, lists),
of the name model's weights and of the packages it leans on. Comments and docstrings aren't in it,
and a recognizer's header words count as judging, which a replay hears without reading.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions, version
from importlib.util import find_spec
from pathlib import Path

from scanners.recognizers.base import Recognizer
from scanners.recognizers.registry import recognizers

#: The keys of what is no recognizer's: how verdicts are reached, how columns are counted.
JUDGING, COUNTING = "judging", "counting"
_OURS = "scanners"
#: What searches values, whatever for, beside what it imports.
_SEARCH = ("searching", "scan", "compound", "context")
#: What counts a column's values; the modules that it imports are recognizers' or judging.
_COUNTING = ("profile", "rates", "values", "believable", "pairs", "things.columns")
#: What a recognizer calls its columns.
_HEADINGS = {"HEADERS", "SAID"}
#: What a module reads that is no module.
_DATA = {"name_model.py": "model/names.npz", "gazetteer.py": "model/names.txt.gz"}
#: What a package that modules import takes from another, which none of them names.
_LEANS = {"sudachipy": ("sudachidict_core",)}


@cache
def versions() -> Mapping[str, str]:
    """Return the version of each recognizer by its entity, of ``judging`` and of ``counting``."""
    shared = _searching()
    found = {one.ENTITY.value: _digest(_files(one) | shared, one) for one in recognizers()}
    return {**found, JUDGING: _judging(), COUNTING: _digest(_named(_COUNTING))}


@cache
def _searching() -> frozenset[Path]:
    reached = _reached(f"{_OURS}.searching")
    return frozenset(path for path in reached if path.parent.name != "recognizers") | _named(
        _SEARCH
    )


def _files(known: Recognizer) -> frozenset[Path]:
    return _reached(type(known).__module__)


@cache
def _judging() -> str:
    """Digest what judges and nothing else does, with the headers that recognizers know."""
    others = _searching().union(_named(_COUNTING), *map(_files, recognizers()))
    judging = _reached(f"{_OURS}.columns") | _named(("belief", "evidence", "replay"))
    headers = "\0".join(f"{one.ENTITY}{sorted(one.HEADERS)}{one.SAID}" for one in recognizers())
    return hashlib.sha256(f"{_digest(judging - others)}{headers}".encode()).hexdigest()[:12]


def _digest(files: Iterable[Path], known: Recognizer | None = None) -> str:
    digest = hashlib.sha256()
    packages: set[str] = set()
    for path in sorted(files):
        digest.update(f"{path.name}\0".encode() + _read(path)[1] + b"\0")
        packages |= {name.partition(".")[0] for name in _read(path)[0]} if known else set()
    for distribution in sorted(_distributions(packages)):
        digest.update(f"{distribution} {version(distribution)}\0".encode())
    return digest.hexdigest()[:12]


def _distributions(packages: Iterable[str]) -> set[str]:
    leant = {name for one in packages for name in (one, *_LEANS.get(one, ()))}
    return {one for name in leant for one in _provided().get(name, ()) if one != "shozai"}


@cache
def _provided() -> Mapping[str, list[str]]:
    return packages_distributions()


@cache
def _read(path: Path) -> tuple[tuple[str, ...], bytes]:
    """Return what a module imports, and what of it runs; of weights and lists all."""
    if path.suffix != ".py":
        return (), hashlib.sha256(path.read_bytes()).digest()
    tree = ast.parse(path.read_bytes())
    return tuple(_imported(tree)), hashlib.sha256(ast.dump(_Bare().visit(tree)).encode()).digest()


class _Bare(ast.NodeTransformer):
    """Takes what doesn't run, and the header words, from a module."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        """Drop docstrings."""
        text = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return None if text else node

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        """Drop ``HEADERS = …`` and ``SAID = …``."""
        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
        return None if names and names <= _HEADINGS else node


@cache
def _reached(module: str) -> frozenset[Path]:
    """Return the files of a module, of all of our own that it imports, and of their data."""
    packages, seen, ahead = {module.partition(".")[0], _OURS}, set[Path](), [module]
    while ahead:
        path = _path(ahead.pop())
        if path is not None and path not in seen:
            seen.add(path)
            ahead += [name for name in _read(path)[0] if name.partition(".")[0] in packages]
    data = {path.parent / _DATA[path.name] for path in seen if path.name in _DATA}
    return frozenset(seen | {path for path in data if path.exists()})


def _named(modules: Iterable[str]) -> frozenset[Path]:
    paths = (_path(f"{_OURS}.{name}") for name in modules)
    return frozenset(path for path in paths if path is not None)


@cache
def _path(module: str) -> Path | None:
    try:
        spec = find_spec(module)
    except (ModuleNotFoundError, ValueError):
        return None  # a name out of a module, not a module
    file = spec.origin if spec and spec.origin else ""
    return Path(file) if file.endswith(".py") else None


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
