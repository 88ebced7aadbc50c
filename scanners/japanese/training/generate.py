"""生成 (generating): a stream of made-up examples, cells and sentences, the same for one seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from scanners.japanese.training.cells import cell
from scanners.japanese.training.example import Example
from scanners.japanese.training.names import Names, load_names
from scanners.japanese.training.sentences import paragraph, sentence

#: How many examples in a hundred are cells, and sentences alone.
_CELLS, _SENTENCES = 42, 46


def generate(count: int, seed: int, data: Path | None = None) -> Iterator[Example]:
    """Make ``count`` examples; none holds a name that is held out.

    ``data`` is the folder of the open lists of names (``names-shuhei``, ``names-gimei``), if any.
    """
    random, names = Random(seed), load_names(data)  # noqa: S311 - repeatable chance, no secret
    for _ in range(count):
        yield _maker(random.randrange(100))(random, names)


def _maker(chance: int) -> Callable[[Random, Names], Example]:
    if chance < _CELLS:
        return cell
    return sentence if chance < _CELLS + _SENTENCES else paragraph
