"""学習 (learning): the network of the name model as JAX trains it.

The arithmetic is that of ``scanners.japanese.network`` and ``decoding``: sums of features, then
convolutions with what comes in added to what goes out, then a linear-chain conditional random field
(Lafferty, McCallum and Pereira, 2001) whose transitions are learnt with it. Words, features and
neurons are left out by chance while it learns, and the weights that stay are an average over the
last part of the way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt
import optax

from scanners.japanese.decoding import ENDS, FOLLOWS, STARTS, Tag

Parameters: TypeAlias = dict[str, jax.Array]
Ints = npt.NDArray[np.int32]
#: Features, rows, tags and inside of a batch; what the optimizer keeps.
Arrays: TypeAlias = tuple[Any, Any, Any, Any]
State: TypeAlias = Any
Step: TypeAlias = Callable[
    [Parameters, State, Arrays, jax.Array], tuple[Parameters, State, jax.Array]
]
Mix: TypeAlias = Callable[[Parameters, Parameters, float], Parameters]


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of the network, and how it is trained."""

    word: int = 128
    hidden: int = 128
    layers: int = 2
    epochs: int = 8
    rate: float = 2e-3
    drop: float = 0.4
    drop_feature: float = 0.15
    decay: float = 1e-4
    average: float = 2e-3
    seed: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Batch:
    """Padded sentences: features (n, words, most), word vectors' rows, tags; 1 where a word is."""

    features: Ints
    rows: Ints
    tags: Ints
    inside: npt.NDArray[np.float32]


def begin(shape: Shape, features: int, vector: int) -> Parameters:
    """Make the parameters to begin with; feature 0 is none."""
    keys = iter(jax.random.split(jax.random.PRNGKey(shape.seed), 4 + shape.layers))
    wide = shape.hidden
    parameters = {
        "features": _normal(next(keys), (features, shape.word), 0.1),
        "vectors": _normal(next(keys), (vector, shape.word), 0.08),
        "output": _normal(next(keys), (wide, len(Tag)), 0.1),
        "output_bias": jnp.zeros(len(Tag)),
        "transitions": jnp.zeros((len(Tag), len(Tag))),
        "layer0": _normal(next(keys), (5, shape.word, wide), (5 * shape.word) ** -0.5),
        "bias0": jnp.zeros(wide),
    }
    for at in range(1, shape.layers + 1):
        parameters[f"layer{at}"] = _normal(next(keys), (3, wide, wide), (3 * wide) ** -0.5)
        parameters[f"bias{at}"] = jnp.zeros(wide)
    return parameters


class Learner:
    """Learns from one batch after another; ``averaged`` is what it has learnt."""

    def __init__(self, shape: Shape, features: int, vectors: jax.Array, steps: int) -> None:
        self._parameters = self.averaged = begin(shape, features, vectors.shape[1])
        self._shape, self._steps = shape, 0
        self._key = jax.random.PRNGKey(shape.seed + 1)
        self._optimizer = _optimizer(shape, steps)
        self._state = self._optimizer.init(self._parameters)
        self._step = _step(shape, self._optimizer, vectors)
        self._mix: Mix = jax.jit(_mixed)

    def learn(self, batch: Batch) -> float:
        """Learn from a batch and return its loss a word."""
        key = jax.random.fold_in(self._key, self._steps)
        arrays = (batch.features, batch.rows, batch.tags, batch.inside)
        self._parameters, self._state, loss = self._step(self._parameters, self._state, arrays, key)
        self._steps += 1
        share = max(self._shape.average, 1 / (1 + self._steps))
        self.averaged = self._mix(self.averaged, self._parameters, share)
        return float(loss)


def _step(shape: Shape, optimizer: optax.GradientTransformation, vectors: jax.Array) -> Step:
    loss = partial(_loss, shape, vectors)

    def step(
        parameters: Parameters, state: State, arrays: Arrays, key: jax.Array
    ) -> tuple[Parameters, State, jax.Array]:
        lost, gradient = jax.value_and_grad(loss)(parameters, arrays, key)
        updates, state = optimizer.update(gradient, state, parameters)
        return optax.apply_updates(parameters, updates), state, lost

    compiled: Step = jax.jit(step)
    return compiled


def _optimizer(shape: Shape, steps: int) -> optax.GradientTransformation:
    warm = max(1, steps // (2 * shape.epochs))
    rate = optax.warmup_cosine_decay_schedule(0, shape.rate, warm, steps, shape.rate / 50)
    return optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=shape.decay))


def _loss(
    shape: Shape, vectors: jax.Array, parameters: Parameters, arrays: Arrays, key: jax.Array
) -> jax.Array:
    features, rows, tags, inside = arrays
    scores = _weighed(shape, parameters, features, vectors[rows], inside, key)
    unlikely = _unlikelihood(parameters["transitions"], scores, tags, inside)
    return unlikely / jnp.maximum(inside.sum(), 1500)


def _weighed(
    shape: Shape,
    parameters: Parameters,
    features: jax.Array,
    vectors: jax.Array,
    inside: jax.Array,
    key: jax.Array,
) -> jax.Array:
    keys = jax.random.split(key, 3 + shape.layers)
    kept = (features > 0) & jax.random.bernoulli(keys[0], 1 - shape.drop_feature, features.shape)
    words = (parameters["features"][features] * kept[..., None]).sum(2)
    words = _dropped(keys[1], words + vectors @ parameters["vectors"], shape.drop / 2)
    hidden = jax.nn.relu(_convolved(parameters, 0, words * inside[..., None]))
    for at in range(1, shape.layers + 1):
        hidden = _dropped(keys[1 + at], hidden, shape.drop) * inside[..., None]
        hidden = hidden + jax.nn.relu(_convolved(parameters, at, hidden))
    hidden = _dropped(keys[-1], hidden, shape.drop)
    return hidden @ parameters["output"] + parameters["output_bias"]


def _convolved(parameters: Parameters, layer: int, hidden: jax.Array) -> jax.Array:
    kernel = parameters[f"layer{layer}"]
    middle = len(kernel) // 2
    padded = jnp.pad(hidden, ((0, 0), (middle, middle), (0, 0)))
    length = hidden.shape[1]
    weighed = sum(padded[:, at : at + length] @ kernel[at] for at in range(len(kernel)))
    return weighed + parameters[f"bias{layer}"]


def _unlikelihood(
    transitions: jax.Array, scores: jax.Array, tags: jax.Array, inside: jax.Array
) -> jax.Array:
    """Return the negative logarithm of the likelihood of the tags, summed over sentences."""
    follows = transitions + FOLLOWS
    first = scores[:, 0] + STARTS

    def on(state: tuple[jax.Array, jax.Array], at: jax.Array) -> tuple[Any, None]:
        ways, told = state
        there = inside[:, at]
        sums = jax.nn.logsumexp(ways[:, :, None] + follows, axis=1) + scores[:, at]
        step = follows[tags[:, at - 1], tags[:, at]] + _chosen(scores[:, at], tags[:, at])
        return (jnp.where(there[:, None] > 0, sums, ways), told + step * there), None

    start = (first, _chosen(first, tags[:, 0]))
    (ways, told), _ = jax.lax.scan(on, start, jnp.arange(1, scores.shape[1]))
    last = jnp.maximum(inside.sum(1).astype(int) - 1, 0)
    ends = jnp.asarray(ENDS)[_chosen(tags, last)]
    unlikely = jax.nn.logsumexp(ways + ENDS, axis=1) - told - ends
    return (unlikely * (inside[:, 0] > 0)).sum()


def _chosen(rows: jax.Array, columns: jax.Array) -> jax.Array:
    return jnp.take_along_axis(rows, columns[:, None], axis=1)[:, 0]


def _dropped(key: jax.Array, values: jax.Array, share: float) -> jax.Array:
    return values * jax.random.bernoulli(key, 1 - share, values.shape) / (1 - share)


def _normal(key: jax.Array, size: tuple[int, ...], scale: float) -> jax.Array:
    return jax.random.normal(key, size) * scale


def _mixed(average: Parameters, new: Parameters, share: float) -> Parameters:
    return {name: old + share * (new[name] - old) for name, old in average.items()}
