"""復号 (decoding): from what speaks for each word's tag to the likeliest names.

Tags are outside, first, middle, last and only word of a name; the way through a sentence with the
greatest sum is found as Viterbi did (IEEE Transactions on Information Theory 13, 1967), for all
sentences of a batch in step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from scanners.japanese.weights import Floats


class Tag(IntEnum):
    """Where in a name a word stands."""

    OUTSIDE = 0
    FIRST = 1
    MIDDLE = 2
    LAST = 3
    ONLY = 4


_NEVER = -1e4
_OPEN = {Tag.FIRST, Tag.MIDDLE}
_GOES_ON = {Tag.MIDDLE, Tag.LAST}
_BEGINS, _FINISHES = {int(Tag.FIRST), int(Tag.ONLY)}, {int(Tag.LAST), int(Tag.ONLY)}
#: What may begin and end a sentence, and which tag may follow which: added to what is learnt.
STARTS = np.array([_NEVER if tag in _GOES_ON else 0 for tag in Tag], np.float32)
ENDS = np.array([_NEVER if tag in _OPEN else 0 for tag in Tag], np.float32)
FOLLOWS = np.array(
    [[0 if (one in _OPEN) == (other in _GOES_ON) else _NEVER for other in Tag] for one in Tag],
    np.float32,
)


def names(scores: Sequence[Floats], transitions: Floats) -> list[list[tuple[int, int]]]:
    """Return for each sentence its names as ``[first word, behind the last word)``."""
    order = sorted(range(len(scores)), key=lambda at: -len(scores[at]))
    found: list[list[tuple[int, int]]] = [[] for _ in scores]
    alive = [at for at in order if len(scores[at])]
    for at, tags in zip(alive, _best([scores[at] for at in alive], transitions), strict=True):
        found[at] = list(_spans(tags))
    return found


def certainty(scores: Floats, start: int, end: int) -> float:
    """Return how far its least sure word is inside a name, between 0 and 1."""
    weights = np.exp(scores[start:end] - scores[start:end].max(axis=1, keepdims=True))
    outside = weights[:, Tag.OUTSIDE] / weights.sum(axis=1)
    return float(1 - outside.max())


def _best(scores: Sequence[Floats], transitions: Floats) -> list[npt.NDArray[np.intp]]:
    """Find the best tags of sentences in falling order of length."""
    lengths = np.array([len(one) for one in scores])
    steps = (transitions + FOLLOWS)[None]
    sums = [np.array([one[0] for one in scores]) + STARTS] if len(scores) else []
    came: list[npt.NDArray[np.intp]] = []
    for at in range(1, lengths[0] if len(lengths) else 0):
        going = int(np.count_nonzero(lengths > at))
        ways = sums[-1][:going, :, None] + steps
        came.append(ways.argmax(axis=1))
        sums.append(ways.max(axis=1) + np.array([one[at] for one in scores[:going]]))
    return [_back(row, int(length), sums, came) for row, length in enumerate(lengths)]


def _back(
    row: int, length: int, sums: Sequence[Floats], came: Sequence[npt.NDArray[np.intp]]
) -> npt.NDArray[np.intp]:
    tags = np.empty(length, np.intp)
    tags[-1] = (sums[length - 1][row] + ENDS).argmax()
    for at in range(length - 1, 0, -1):
        tags[at - 1] = came[at - 1][row, tags[at]]
    return tags


def _spans(tags: npt.NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    start = 0
    inside = np.flatnonzero(tags)
    for at, tag in zip(inside.tolist(), tags[inside].tolist(), strict=True):
        if tag in _BEGINS:
            start = at
        if tag in _FINISHES:
            yield start, at + 1
