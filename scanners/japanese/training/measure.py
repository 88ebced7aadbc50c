"""測定 (measuring): a model's scores on what was held out of its training."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from scanners.japanese.itaiji import fold_itaiji
from scanners.japanese.name_model import NameModel
from scanners.japanese.tokenizer import tokenize
from scanners.japanese.training.example import Example
from scanners.japanese.training.generate import generate
from scanners.japanese.training.open_sets import read_set
from scanners.japanese.training.scores import Scores, Span, compare
from scanners.japanese.training.split import held_out
from scanners.normalize import fold

#: Made-up examples measured, and a seed that no training uses.
_MADE_UP, _SEED = 3000, 10**6
#: Texts read at a time.
_BATCH = 256


def measure(
    model: NameModel, data: Path, whole: Sequence[str] = ()
) -> Iterator[tuple[str, Scores]]:
    """Yield the scores on each open set's held-out part and on made-up examples.

    ``whole`` names sets that training left out, of which every sentence is measured.
    """
    for path in sorted((data / "ner").glob("*.jsonl")):
        examples = [one for one in read_set(path) if path.stem in whole or held_out(one.text)]
        yield path.stem, score(model, examples)
    yield "made up", score(model, list(generate(_MADE_UP, _SEED, data)))


def score(model: NameModel, examples: Sequence[Example]) -> Scores:
    """Compare what the model finds in examples with what is marked."""
    found = find(model, [one.text for one in examples])
    return compare((one.persons, some) for one, some in zip(examples, found, strict=True))


def find(model: NameModel, texts: Iterable[str]) -> Iterator[list[Span]]:
    """Yield the spans of the names in each text."""
    left = iter(texts)
    while batch := list(islice(left, _BATCH)):
        yield from spans(model, batch)


def spans(model: NameModel, texts: Sequence[str]) -> Iterator[list[Span]]:
    """Yield the spans of the names in each text of one batch."""
    folded = [fold(text) for text in texts]
    words = [tokenize(fold_itaiji(one.text)) for one in folded]
    for one, found in zip(folded, model.find(words), strict=True):
        yield [one.span(name.start, name.end) for name in found]
