"""束 (batches): samples as padded arrays of numbers, those of like length together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from scanners.japanese.features import features
from scanners.japanese.tokenizer import Token
from scanners.japanese.training.corpus import Sample
from scanners.japanese.training.learner import Floats
from scanners.japanese.training.vectors import Vectors

#: Words of a batch, and the lengths that sentences are padded to.
_WORDS, _LENGTHS = 3072, (6, 12, 24, 36, 48, 64, 96, 160)
#: Different words of a batch are padded to a multiple, so that few sizes are compiled.
_MULTIPLE = 512
#: A feature of fewer words than so many is not learnt.
_RARE = 4

Kind = tuple[object, ...]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, repr=False)
class Lexicon:
    """Every kind of word of the samples: the features each has, and its word vector."""

    names: tuple[str, ...]
    numbers: dict[Kind, int]
    held: sparse.csr_matrix
    vectors: Floats


@dataclass(frozen=True, slots=True, repr=False)
class Batch:
    """Padded sentences (most, length): ``places`` says which of some words stands where."""

    held: sparse.csr_matrix
    vectors: Floats
    places: Ints
    tags: Ints
    inside: Floats


def lexicon(samples: Iterable[Sample], vectors: Vectors) -> Lexicon:
    """Number the words of samples, and those of their features that aren't rare."""
    met = Counter(_kind(word) for sample in samples for word in sample.words)
    words = {_kind(word): word for sample in samples for word in sample.words}
    seen = [features(words[one]) for one in met]
    names = _usual(seen, met.values())
    numbers = {name: at for at, name in enumerate(names)}
    rows = [sorted({numbers[name] for name in some if name in numbers}) for some in seen]
    found = [vectors.row(*_forms(words[one])) for one in met]
    return Lexicon(names, {one: at for at, one in enumerate(met)}, _sparse(rows, len(names)),
                   np.vstack([vectors.array, np.zeros_like(vectors.array[:1])])[found])  # fmt: skip


def batches(
    samples: Sequence[Sample], known: Lexicon, chance: np.random.Generator
) -> Iterator[Batch]:
    """Yield all samples once, in an order by chance."""
    groups = list(_groups(samples, chance))
    for at in chance.permutation(len(groups)):
        length, most, chosen = groups[at]
        yield _batch([samples[one] for one in chosen], known, length, most)


def count(samples: Sequence[Sample]) -> int:
    """Return how many batches there are."""
    return sum(1 for _ in _groups(samples, np.random.default_rng(0)))


def _kind(word: Token) -> Kind:
    """Return what two words with the same features have in common."""
    return (word.surface, *word[4:])


def _forms(word: Token) -> tuple[str, str, str]:
    return word.form, word.surface, word.form.lower()


def _usual(seen: Iterable[Sequence[str]], times: Iterable[int]) -> tuple[str, ...]:
    counted = Counter[str]()
    for names, often in zip(seen, times, strict=True):
        for name in set(names):
            counted[name] += often
    return tuple(sorted(name for name, often in counted.items() if often >= _RARE))


def _sparse(rows: Sequence[Sequence[int]], width: int) -> sparse.csr_matrix:
    starts = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter((one for row in rows for one in row), np.int32, int(starts[-1]))
    return sparse.csr_matrix(
        (np.ones(len(columns), np.float32), columns, starts), (len(rows), width)
    )


def _groups(
    samples: Sequence[Sample], chance: np.random.Generator
) -> Iterator[tuple[int, int, list[int]]]:
    by_length: dict[int, list[int]] = {length: [] for length in _LENGTHS}
    for at, sample in enumerate(samples):
        fits = (length for length in _LENGTHS if len(sample.words) <= length)
        by_length[next(fits, _LENGTHS[-1])].append(at)
    for length, members in by_length.items():
        chance.shuffle(members)
        most = _WORDS // length
        for start in range(0, len(members), most):
            yield length, most, members[start : start + most]


def _batch(samples: Sequence[Sample], known: Lexicon, length: int, most: int) -> Batch:
    numbers = np.full((most, length), -1, np.int32)
    tags = np.zeros((most, length), np.int32)
    for at, sample in enumerate(samples):
        row = [known.numbers[_kind(word)] for word in sample.words[:length]]
        numbers[at, : len(row)] = row
        tags[at, : len(row)] = sample.tags[:length]
    words, index = np.unique(numbers[numbers >= 0], return_inverse=True)
    # The last row, at the least, is no word's.
    size = (len(words) // _MULTIPLE + 1) * _MULTIPLE
    places = np.full((most, length), size - 1, np.int32)
    places[numbers >= 0] = index
    held = sparse.csr_matrix(known.held[words])
    held.resize(size, held.shape[1])
    vectors = np.zeros((size, known.vectors.shape[1]), np.float32)
    vectors[: len(words)] = known.vectors[words]
    return Batch(held, vectors, places, tags, (numbers >= 0).astype(np.float32))
