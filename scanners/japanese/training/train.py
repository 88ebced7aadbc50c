"""訓練 (training): from the open sets and made-up examples to the weights that ship."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np

from scanners.japanese.training.augment import augment
from scanners.japanese.training.batches import Batch, Lexicon, batches, count, lexicon
from scanners.japanese.training.corpus import Sample, samples
from scanners.japanese.training.example import Example
from scanners.japanese.training.feature_vectors import FeatureVectors
from scanners.japanese.training.generate import generate
from scanners.japanese.training.learner import Floats, Learner, Sentences, Shape, schedule
from scanners.japanese.training.marked import marked_words
from scanners.japanese.training.names import load_names
from scanners.japanese.training.open_sets import read_set
from scanners.japanese.training.recast import recast
from scanners.japanese.training.split import held_out
from scanners.japanese.training.vectors import Vectors
from scanners.japanese.weights import Weights, installed, quantised

Tell = Callable[[str], None]
Learnt = dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a model is trained from and how; ``without`` names open sets left out."""

    data: Path
    made_up: int = 48_000
    seed: int = 1
    without: tuple[str, ...] = ()
    shape: Shape = field(default_factory=Shape)

    def examples(self) -> Iterator[Example]:
        """Yield every example to learn from; what is held out is not among them.

        A marked sentence comes again with other persons, and with other firms, places and goods;
        what it marks comes alone, too.
        """
        random, names = Random(self.seed), load_names(self.data)  # noqa: S311 - repeatable chance
        for path in sorted((self.data / "ner").glob("*.jsonl")):
            if path.stem not in self.without:
                marked = [one for one in read_set(path) if not held_out(one.text)]
                yield from marked
                yield from (augment(one, random, names) for one in marked if one.persons)
                yield from recast(path, random, names)
                yield from marked_words(path)
        yield from generate(self.made_up, self.seed, self.data)


def train(recipe: Recipe, vectors: Vectors, tell: Tell) -> Weights:
    """Train a model, telling after each round what it lost."""
    learnt = list(samples(recipe.examples()))
    known = lexicon(learnt, vectors)
    tell(f"{len(learnt):,} sentences, {len(known.numbers):,} words, {len(known.names):,} features")
    rounds = _rounds(recipe.shape, learnt, known, tell)
    return _weights(
        _mean(list(islice(rounds, max(0, recipe.shape.epochs - recipe.shape.averaged), None))),
        known,
        vectors,
        recipe,
    )


def _rounds(shape: Shape, learnt: Sequence[Sample], known: Lexicon, tell: Tell) -> Iterator[Learnt]:
    """Go over all samples again and again; yield what is learnt after each round."""
    steps = count(learnt) * shape.epochs
    features = FeatureVectors(len(known.names), shape, schedule(shape, steps))
    learner = Learner(shape, known.vectors.shape[1], steps)
    chance, step = np.random.default_rng(shape.seed), 0
    for epoch in range(1, shape.epochs + 1):
        lost = []
        for batch in batches(learnt, known, chance):
            lost.append(_step(features, learner, batch, step))
            step += 1
        tell(f"round {epoch} of {shape.epochs}: loss {np.mean(lost):.4f} a word")
        yield {
            "features": features.array.copy(),
            **{name: np.asarray(one) for name, one in learner.parameters.items()},
        }


def _mean(rounds: Sequence[Learnt]) -> Learnt:
    return {name: np.mean([one[name] for one in rounds], axis=0) for name in rounds[0]}


def _step(features: FeatureVectors, learner: Learner, batch: Batch, at: int) -> float:
    held = features.thinned(batch.held)
    words = features.sums(held)
    sentences = Sentences(words, batch.vectors, batch.places, batch.tags, batch.inside)
    lost, gradient = learner.learn(sentences, at)
    features.learn(held, gradient, at)
    return lost


def _weights(learnt: Learnt, known: Lexicon, vectors: Vectors, recipe: Recipe) -> Weights:
    depth = recipe.shape.layers + 1
    return Weights(
        features=quantised(known.names, range(len(known.names)), learnt["features"]),
        words=quantised(
            list(vectors.rows), list(vectors.rows.values()), vectors.array @ learnt["vectors"]
        ),
        layers=tuple((learnt[f"layer{at}"], learnt[f"bias{at}"]) for at in range(depth)),
        output=learnt["output"],
        output_bias=learnt["output_bias"],
        transitions=learnt["transitions"],
        about={
            "dictionary": installed(),
            "shape": asdict(recipe.shape),
            "made_up": recipe.made_up,
            "seed": recipe.seed,
            "without": list(recipe.without),
        },
    )
