"""素性ベクトル (feature vectors): the largest part of the model, learnt row by row.

A batch holds a few thousand of some hundred thousand features, so only their rows are moved, as
Adam would (Kingma and Ba, 2015) had it seen no other batch in between.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import sparse

from scanners.japanese.training.learner import Floats, Shape

_FIRST, _SECOND, _LEAST, _MOST = 0.9, 0.999, 1e-8, 1.0


class FeatureVectors:
    """Vectors of features; ``held`` below is a sparse matrix (words, features) of 0 and 1."""

    def __init__(self, features: int, shape: Shape, rate: Callable[[int], float]) -> None:
        self._chance = np.random.default_rng(shape.seed)
        size = features, shape.word
        self.array = self._chance.normal(0, 0.1, size).astype(np.float32)
        self._mean, self._square = np.zeros(size, np.float32), np.zeros(size, np.float32)
        self._seen = np.zeros(features, np.int32)
        self._shape, self._rate = shape, rate

    def thinned(self, held: sparse.csr_matrix) -> sparse.csr_matrix:
        """Leave out some features by chance."""
        kept = self._chance.random(held.nnz, np.float32) >= self._shape.drop_feature
        return sparse.csr_matrix((kept.astype(np.float32), held.indices, held.indptr), held.shape)

    def sums(self, held: sparse.csr_matrix) -> Floats:
        """Return the sum of its features' vectors for each word."""
        summed: Floats = held @ self.array
        return summed

    def learn(self, held: sparse.csr_matrix, gradient: Floats, at: int) -> None:
        """Move the features of the words whose gradients these are; ``at`` is the step."""
        rows, numbers = np.unique(held.indices, return_inverse=True)
        narrow = sparse.csr_matrix((held.data, numbers, held.indptr), (held.shape[0], len(rows)))
        self._move(rows, _clipped(narrow.T @ gradient), float(self._rate(at)))

    def _move(self, rows: npt.NDArray[np.int32], gradient: Floats, rate: float) -> None:
        self._seen[rows] += 1
        times = self._seen[rows, None].astype(np.float32)
        mean = _FIRST * self._mean[rows] + (1 - _FIRST) * gradient
        square = _SECOND * self._square[rows] + (1 - _SECOND) * gradient**2
        self._mean[rows], self._square[rows] = mean, square
        step = mean / (1 - _FIRST**times) / (np.sqrt(square / (1 - _SECOND**times)) + _LEAST)
        self.array[rows] -= rate * (step + self._shape.decay * self.array[rows])


def _clipped(gradient: Floats) -> Floats:
    length = float(np.linalg.norm(gradient))
    return gradient * (_MOST / length) if length > _MOST else gradient
