"""網 (network): how the name model weighs each word among its neighbours.

A word is the sum of its features' vectors and its word vector; a convolution over five words and
some over three weigh it in its place. What a word is by itself is computed once and remembered;
sentences of a batch lie in one array, apart from each other, so that the rest is a few products of
matrices.
"""

from __future__ import annotations

from collections.abc import Sequence

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
        size = sum(map(len, sentences)) + _APART * (len(sentences) + 1)
        inside = np.zeros((size, 1), np.float32)
        hidden = np.zeros((size, self._weights.features.vectors.shape[1]), np.float32)
        spans = []
        start = _APART
        for words in sentences:
            end = start + len(words)
            if words:
                hidden[start:end] = [self._word(word) for word in words]
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

    def _word(self, word: Token) -> Floats:
        seen: Seen = (word.surface, *word[4:])
        found = self._words.get(seen)
        if found is None:
            if len(self._words) >= _REMEMBERED:
                self._words.clear()
            found = self._words[seen] = self._by_itself(word)
        return found

    def _by_itself(self, word: Token) -> Floats:
        known = self._weights.features
        rows = [row for name in features(word) if (row := known.row(name)) >= 0]
        vector: Floats = (known.vectors[rows] * known.scales[rows, None]).sum(axis=0)
        listed = self._weights.words
        for row in map(listed.row, (word.form, word.surface, word.form.lower())):
            if row >= 0:
                vector += listed.vector(row)
                break
        return vector


def _convolved(hidden: Floats, kernel: Floats) -> Floats:
    """Weigh every row with those around it; rows beyond the ends count as zeros."""
    middle = len(kernel) // 2
    weighed: Floats = hidden @ kernel[middle]
    for at, weights in enumerate(kernel):
        step = at - middle
        if step > 0:
            weighed[:-step] += hidden[step:] @ weights
        elif step < 0:
            weighed[-step:] += hidden[:step] @ weights
    return weighed


def _rectified(weighed: Floats, bias: Floats) -> Floats:
    weighed += bias
    np.maximum(weighed, 0, out=weighed)
    return weighed
