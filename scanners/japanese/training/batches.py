"""束 (batches): samples as padded arrays of numbers, those of like length together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scanners.japanese.features import features
from scanners.japanese.tokenizer import Token
from scanners.japanese.training.corpus import Sample
from scanners.japanese.training.learner import Batch
from scanners.japanese.training.vectors import Vectors

#: Words of a batch, the lengths that sentences are padded to, and the most features of a word.
_WORDS, _LENGTHS, _MOST = 3072, (6, 12, 24, 36, 48, 64, 96, 160), 30
#: A feature of fewer words than so many is not learnt.
_RARE = 2

Kind = tuple[object, ...]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, repr=False)
class Lexicon:
    """Every kind of word of the samples: the numbers of its features and its vector's row."""

    names: tuple[str, ...]
    numbers: dict[Kind, int]
    features: Ints
    rows: Ints

    def of(self, words: Sequence[Token]) -> Ints:
        """Return the numbers of words."""
        return np.array([self.numbers[kind(word)] for word in words], np.int32)


def kind(word: Token) -> Kind:
    """Return what two words with the same features have in common."""
    return (word.surface, *word[4:])


def lexicon(samples: Iterable[Sample], vectors: Vectors) -> Lexicon:
    """Number the words of samples and those of their features that aren't rare; 0 is none."""
    met = Counter[Kind]()
    words: dict[Kind, Token] = {}
    for sample in samples:
        for word in sample.words:
            met[kind(word)] += 1
            words.setdefault(kind(word), word)
    seen = {one: features(word) for one, word in words.items()}
    counted = Counter[str]()
    for one, times in met.items():
        counted.update(dict.fromkeys(seen[one], times))
    names = tuple(sorted(name for name, times in counted.items() if times >= _RARE))
    numbers = {name: at for at, name in enumerate(names, 1)}
    table = np.zeros((len(words), _MOST), np.int32)
    for at, some in enumerate(seen.values()):
        known = [numbers[name] for name in some if name in numbers][:_MOST]
        table[at, : len(known)] = known
    rows = [vectors.row(word.form, word.surface, word.form.lower()) for word in words.values()]
    return Lexicon(names, {one: at for at, one in enumerate(words)}, table, np.array(rows))


def batches(
    samples: Sequence[Sample], known: Lexicon, chance: np.random.Generator
) -> Iterator[Batch]:
    """Yield all samples once, in an order by chance."""
    groups = list(_groups(samples, chance))
    chance.shuffle(groups)
    for length, most, chosen in groups:
        yield _batch([samples[at] for at in chosen], known, length, most)


def count(samples: Sequence[Sample]) -> int:
    """Return how many batches there are."""
    return sum(1 for _ in _groups(samples, np.random.default_rng(0)))


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
    batch = Batch(
        features=np.zeros((most, length, _MOST), np.int32),
        rows=np.full((most, length), -1, np.int32),
        tags=np.zeros((most, length), np.int32),
        inside=np.zeros((most, length), np.float32),
    )
    for at, sample in enumerate(samples):
        words = known.of(sample.words[:length])
        batch.features[at, : len(words)] = known.features[words]
        batch.rows[at, : len(words)] = known.rows[words]
        batch.tags[at, : len(words)] = sample.tags[:length]
        batch.inside[at, : len(words)] = 1
    return batch
