"""訓練 (training): from the open sets and made-up examples to the weights that ship."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path

import jax.numpy as jnp
import numpy as np

from scanners.japanese.training.batches import Lexicon, batches, count, lexicon
from scanners.japanese.training.corpus import Sample, samples
from scanners.japanese.training.example import Example
from scanners.japanese.training.generate import generate
from scanners.japanese.training.learner import Learner, Parameters, Shape
from scanners.japanese.training.open_sets import read_sets
from scanners.japanese.training.split import held_out
from scanners.japanese.training.vectors import Vectors
from scanners.japanese.weights import Floats, Weights, installed, quantised

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a model is trained from and how; ``without`` names open sets left out."""

    data: Path
    made_up: int = 40_000
    seed: int = 1
    without: tuple[str, ...] = ()
    shape: Shape = field(default_factory=Shape)

    def examples(self) -> Iterable[Example]:
        """Yield every example to learn from; what is held out is not among them."""
        marked = (one for one in read_sets(self.data / "ner") if one.source not in self.without)
        learnt = (one for one in marked if not held_out(one.text))
        return chain(learnt, generate(self.made_up, self.seed, self.data))


def train(recipe: Recipe, vectors: Vectors, tell: Tell) -> Weights:
    """Train a model, telling after each round what it lost."""
    learnt = list(samples(recipe.examples()))
    known = lexicon(learnt, vectors)
    tell(f"{len(learnt):,} sentences, {len(known.numbers):,} words, {len(known.names):,} features")
    parameters = _learn(recipe.shape, learnt, known, vectors, tell)
    return _weights(parameters, known, vectors, recipe)


def _learn(
    shape: Shape, learnt: Sequence[Sample], known: Lexicon, vectors: Vectors, tell: Tell
) -> Parameters:
    # Row -1, of a word without a vector, is the last.
    table = jnp.asarray(np.vstack([vectors.array, np.zeros_like(vectors.array[:1])]))
    learner = Learner(shape, len(known.names) + 1, table, count(learnt) * shape.epochs)
    chance = np.random.default_rng(shape.seed)
    for epoch in range(1, shape.epochs + 1):
        lost = [learner.learn(batch) for batch in batches(learnt, known, chance)]
        tell(f"round {epoch} of {shape.epochs}: loss {np.mean(lost):.4f} a word")
    return learner.averaged


def _weights(parameters: Parameters, known: Lexicon, vectors: Vectors, recipe: Recipe) -> Weights:
    learnt: dict[str, Floats] = {name: np.asarray(one) for name, one in parameters.items()}
    depth = recipe.shape.layers + 1
    return Weights(
        features=quantised(list(known.names), range(len(known.names)), learnt["features"][1:]),
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
