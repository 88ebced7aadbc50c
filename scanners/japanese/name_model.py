"""氏名モデル (the name model): finds persons' names among the words of Japanese sentences.

A small network over Sudachi's words, trained by ``make model`` (``scanners.japanese.training``);
what it learnt from, under which licences and how well it does stands in ``model/MODEL_CARD.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from scanners.japanese.decoding import certainty, names
from scanners.japanese.network import Network
from scanners.japanese.tokenizer import Token
from scanners.japanese.weights import Weights, load

MODEL = Path(__file__).parent / "model" / "names.npz"
#: Words weighed at a time: a few MiB.
_BATCH = 4096
#: Words of a sentence, at most, and the tag of marks.
_LONGEST, _MARK = 1000, "補助記号"
_ENDS = frozenset("。！？!?\n")

Sentence = Sequence[Token]


class Name(NamedTuple):
    """A name at characters ``start`` to ``end``; how far the model is sure, between 0 and 1."""

    start: int
    end: int
    certainty: float


class NameModel:
    """Finds names; safe to share between threads."""

    def __init__(self, weights: Weights) -> None:
        self._network = Network(weights)
        self._transitions = weights.transitions

    def find(self, texts: Sequence[Sequence[Token]]) -> list[list[Name]]:
        """Return the names of each text, given as its words, in order."""
        found: list[list[Name]] = [[] for _ in texts]
        owned = [(at, one) for at, words in enumerate(texts) for one in sentences(words)]
        for batch in _batches(owned):
            read = self._read([sentence for _, sentence in batch])
            for (at, _), some in zip(batch, read, strict=True):
                found[at] += some
        return found

    def _read(self, some: Sequence[Sentence]) -> list[list[Name]]:
        weighed = self._network.weigh(some)
        return [
            [
                Name(words[start].start, words[end - 1].end, certainty(scores, start, end))
                for start, end in spans
            ]
            for words, scores, spans in zip(
                some, weighed, names(weighed, self._transitions), strict=True
            )
        ]


@cache
def name_model() -> NameModel:
    """Load the model that ships, once."""
    return NameModel(load(MODEL))


def sentences(words: Sentence) -> Iterator[Sentence]:
    """Cut a text behind each full stop and line end, as the texts that the model learnt from.

    What goes on without either is cut at another mark, or anywhere if there is none.
    """
    start = 0
    for at, word in enumerate(words):
        end = at + 1 if word.surface in _ENDS else 0
        if at - start >= _LONGEST:
            end = _mark(words, start, at)
        if end:
            yield words[start:end]
            start = end
    if start < len(words):
        yield words[start:]


def _mark(words: Sentence, start: int, end: int) -> int:
    marks = (at for at in range(end, start + _LONGEST // 2, -1) if _is_mark(words[at]))
    return next(marks, end) + 1


def _is_mark(word: Token) -> bool:
    return word.tag.startswith(_MARK)


def _batches(owned: Sequence[tuple[int, Sentence]]) -> Iterator[list[tuple[int, Sentence]]]:
    batch: list[tuple[int, Sentence]] = []
    size = 0
    for at, sentence in owned:
        if batch and size + len(sentence) > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append((at, sentence))
        size += len(sentence)
    if batch:
        yield batch
