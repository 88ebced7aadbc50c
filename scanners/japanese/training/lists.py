"""語の一覧 (lists of words): the files of ``lists/``, read once.

A file holds words between blanks or, where its words have blanks inside, one on a line; a line
that begins with ``#`` is a remark. In lists of pairs a word is ``ジョン:John``.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> tuple[str, ...]:
    """Read the words of ``lists/NAME.txt``."""
    return tuple(word for line in _lines(f"lists/{name}.txt") for word in line.split())


@cache
def phrases(name: str) -> tuple[str, ...]:
    """Read the lines of ``lists/NAME.txt``."""
    return tuple(_lines(f"lists/{name}.txt"))


@cache
def pairs(name: str) -> tuple[tuple[str, str], ...]:
    """Read the pairs of ``lists/NAME.txt``; ``_`` in the second part stands for a space."""
    split = (word.partition(":") for word in words(name))
    return tuple((first, second.replace("_", " ")) for first, _, second in split)


def _lines(path: str) -> list[str]:
    text = files("scanners.japanese.training").joinpath(path).read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
