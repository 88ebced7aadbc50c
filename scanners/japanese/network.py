"""網 (network): how the name model weighs each word among its neighbours.

A word is the sum of its features' vectors and its word vector; a convolution over five words and
some over three weigh it in its place. What a word is by itself is computed once and remembered;
sentences of a batch lie in one array, apart from each other, so that the rest is a few products of
matrices.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from scanners.japanese.features import features
from scanners.japanese.tokenizer import Token
from scanners.japanese.weights import Floats, Weights

#: Zeros between sentences: as far as a convolution sees.
_APART = 2
#: Words remembered, at half a KiB each.
_REMEMBERED = 30_000

Seen = tuple[object, ...]


class Network:
    """Weighs the words of sentences; safe to share between threads."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._words: dict[Seen, Floats] = {}

    def weigh(self, sentences: Sequence[Sequence[Token]]) -> list[Floats]:
        """Return for each sentence an array (words, tags): how much speaks for each tag."""
        known = self._met(word for words in sentences for word in words)
        size = sum(map(len, sentences)) + _APART * (len(sentences) + 1)
        inside = np.zeros((size, 1), np.float32)
        hidden = np.zeros((size, self._weights.features.vectors.shape[1]), np.float32)
        spans = []
        start = _APART
        for words in sentences:
            end = start + len(words)
            if words:
                hidden[start:end] = [known[_seen(word)] for word in words]
            inside[start:end] = 1
            spans.append(slice(start, end))
            start = end + _APART
        scores = self._among(hidden, inside)
        return [scores[span] for span in spans]

    def _among(self, hidden: Floats, inside: Floats) -> Floats:
        (kernel, bias), *rest = self._weights.layers
        hidden = _rectified(_convolved(hidden, kernel), bias) * inside
        for kernel, bias in rest:
            hidden = (hidden + _rectified(_convolved(hidden, kernel), bias)) * inside
        scores: Floats = hidden @ self._weights.output + self._weights.output_bias
        return scores

    def _met(self, words: Iterable[Token]) -> dict[Seen, Floats]:
        """Remember what words are by themselves, those not met before all at once."""
        if len(self._words) > _REMEMBERED:
            self._words = {}
        # Another thread may begin a new memory; this one goes on with what it has.
        known = self._words
        new = {_seen(word): word for word in words if _seen(word) not in known}
        if new:
            known.update(zip(new, self._by_themselves([*new.values()]), strict=True))
        return known

    def _by_themselves(self, words: Sequence[Token]) -> Floats:
        names = [features(word) for word in words]
        known, listed = self._weights.features, self._weights.words
        rows = known.rows_of([name for some in names for name in some])
        owners = np.repeat(np.arange(len(words)), [len(some) for some in names])[rows >= 0]
        vectors = np.zeros((len(words), known.vectors.shape[1]), np.float32)
        np.add.at(vectors, owners, known.vectors_of(rows[rows >= 0]))
        forms = ([word.form for word in words], [word.surface for word in words],
                 [word.form.lower() for word in words])  # fmt: skip
        found = np.stack([listed.rows_of(some) for some in forms])
        first = found[(found >= 0).argmax(axis=0), np.arange(len(words))]
        vectors[first >= 0] += listed.vectors_of(first[first >= 0])
        return vectors


def _seen(word: Token) -> Seen:
    return (word[0], *word[4:])


def _convolved(hidden: Floats, kernel: Floats) -> Floats:
    """Weigh every row with those around it; rows beyond the ends count as zeros."""
    middle = len(kernel) // 2
    weighed: Floats = hidden @ kernel[middle]
    for at, weights in enumerate(kernel):
        far = at - middle
        if far > 0:
            weighed[:-far] += hidden[far:] @ weights
        elif far < 0:
            weighed[-far:] += hidden[:far] @ weights
    return weighed


def _rectified(weighed: Floats, bias: Floats) -> Floats:
    weighed += bias
    np.maximum(weighed, 0, out=weighed)
    return weighed
