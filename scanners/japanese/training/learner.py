"""学習 (learning): the network of the name model as JAX trains it.

The arithmetic is that of ``scanners.japanese.network`` and ``decoding``: convolutions with what
comes in added to what goes out, then a linear-chain conditional random field (Lafferty, McCallum
and Pereira, 2001) whose transitions are learnt with it. Neurons are left out by chance while it
learns. Tried and not worth their time: two such networks over the same words whose mean counts,
and layers that look farther.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, TypeAlias

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt
import optax

from scanners.japanese.decoding import ENDS, FOLLOWS, STARTS, Tag

Parameters: TypeAlias = dict[str, jax.Array]
Floats = npt.NDArray[np.float32]


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
    #: What ships is the mean of the weights after so many last rounds.
    averaged: int = 4
    seed: int = 0


class Sentences(NamedTuple):
    """Padded sentences, made of some words: which word stands where, its tag, 1 if there is one.

    ``words`` and ``vectors`` have a row for each word; the last is no word's.
    """

    words: Floats
    vectors: Floats
    places: npt.NDArray[np.int32]
    tags: npt.NDArray[np.int32]
    inside: Floats


class Learner:
    """Learns from one batch after another."""

    def __init__(self, shape: Shape, vector: int, steps: int) -> None:
        self.parameters = _begin(shape, vector)
        self._key = jax.random.PRNGKey(shape.seed + 1)
        self._optimizer = optax.chain(
            optax.clip_by_global_norm(1.0),
            optax.adamw(schedule(shape, steps), weight_decay=shape.decay),
        )
        self._state = self._optimizer.init(self.parameters)
        self._step = _step(shape, self._optimizer)

    def learn(self, batch: Sentences, at: int) -> tuple[float, Floats]:
        """Learn from the batch of step ``at``; return its loss and the gradient of its words."""
        key = jax.random.fold_in(self._key, at)
        self.parameters, self._state, lost, words = self._step(
            self.parameters, self._state, batch, key
        )
        return float(lost), np.asarray(words)


State: TypeAlias = Any
Answer: TypeAlias = tuple[Parameters, State, jax.Array, jax.Array]
Step: TypeAlias = Callable[[Parameters, State, Sentences, jax.Array], Answer]


def schedule(shape: Shape, steps: int) -> Callable[[int], float]:
    """Return the rate of learning by step: up in half a round, then down along a cosine."""
    warm = max(1, steps // (2 * shape.epochs))
    rate: Callable[[int], float] = optax.warmup_cosine_decay_schedule(
        0, shape.rate, warm, steps, shape.rate / 8
    )
    return rate


def _begin(shape: Shape, vector: int) -> Parameters:
    keys = iter(jax.random.split(jax.random.PRNGKey(shape.seed), 3 + shape.layers))
    wide = shape.hidden
    parameters = {
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


def _step(shape: Shape, optimizer: optax.GradientTransformation) -> Step:
    loss = partial(_loss, shape)

    def step(parameters: Parameters, state: State, batch: Sentences, key: jax.Array) -> Answer:
        lost, (gradient, words) = jax.value_and_grad(loss, argnums=(0, 1))(
            parameters, batch.words, batch, key
        )
        updates, state = optimizer.update(gradient, state, parameters)
        return optax.apply_updates(parameters, updates), state, lost, words

    compiled: Step = jax.jit(step)
    return compiled


def _loss(
    shape: Shape, parameters: Parameters, words: jax.Array, batch: Sentences, key: jax.Array
) -> jax.Array:
    known = words + batch.vectors @ parameters["vectors"]
    scores = _weighed(shape, parameters, known[batch.places], batch.inside, key)
    unlikely = _unlikelihood(parameters["transitions"], scores, batch.tags, batch.inside)
    return unlikely / jnp.maximum(batch.inside.sum(), 1500)


def _weighed(
    shape: Shape, parameters: Parameters, words: jax.Array, inside: jax.Array, key: jax.Array
) -> jax.Array:
    keys = jax.random.split(key, 2 + shape.layers)
    words = _dropped(keys[0], words, shape.drop / 2) * inside[..., None]
    hidden = jax.nn.relu(_convolved(parameters, 0, words))
    for at in range(1, shape.layers + 1):
        hidden = _dropped(keys[at], hidden, shape.drop) * inside[..., None]
        hidden = hidden + jax.nn.relu(_convolved(parameters, at, hidden))
    hidden = _dropped(keys[-1], hidden, shape.drop)
    return hidden @ parameters["output"] + parameters["output_bias"]


def _convolved(parameters: Parameters, layer: int, hidden: jax.Array) -> jax.Array:
    kernel = parameters[f"layer{layer}"]
    middle, length = len(kernel) // 2, hidden.shape[1]
    padded = jnp.pad(hidden, ((0, 0), (middle, middle), (0, 0)))
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
