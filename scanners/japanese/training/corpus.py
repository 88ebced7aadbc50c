"""訓練例 (samples): examples cut into words, each with the tag that the model is to learn.

A text is cut into sentences as the model cuts those it reads, so that it learns from what it will
see. Marks that begin or end inside a word take in the whole word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scanners.japanese.decoding import Tag
from scanners.japanese.itaiji import fold_itaiji
from scanners.japanese.name_model import sentences
from scanners.japanese.tokenizer import Token, tokenize
from scanners.japanese.training.example import Example
from scanners.normalize import Folded, fold

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence: its words, and a tag for each."""

    words: Sequence[Token]
    tags: tuple[Tag, ...]


def samples(examples: Iterable[Example]) -> Iterator[Sample]:
    """Cut examples into samples; a text without words gives none."""
    for example in examples:
        folded = fold(example.text)
        for words in sentences(tokenize(fold_itaiji(folded.text))):
            yield Sample(words, tuple(_tags(words, folded, example.persons)))


def _tags(words: Sequence[Token], folded: Folded, persons: Sequence[Span]) -> list[Tag]:
    tags = [Tag.OUTSIDE] * len(words)
    spans = [folded.span(word.start, word.end) for word in words]
    for start, end in persons:
        within = [at for at, (first, last) in enumerate(spans) if first < end and last > start]
        for at in within:
            tags[at] = Tag.MIDDLE
        if within:
            tags[within[0]], tags[within[-1]] = Tag.FIRST, Tag.LAST
        if len(within) == 1:
            tags[within[0]] = Tag.ONLY
    return tags
