"""重み (weights): what the name model learnt, as arrays, and the file that holds them.

Rows of features and of word vectors are kept in 8 bits with a scale each and found by a hash of
their name, so that nothing of the texts they were learnt from is in the file. A model goes with the
dictionary that cut its training texts into words, and refuses others.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
import numpy.typing as npt

from scanners.errors import WrongDictionary

Floats = npt.NDArray[np.float32]
#: What cuts texts into words: another version may cut them differently.
CUTTERS = ("sudachidict-core",)
_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, repr=False)
class Rows:
    """Vectors by name: ``keys`` are sorted hashes, ``rows`` say which vector each has."""

    keys: npt.NDArray[np.uint64]
    rows: npt.NDArray[np.int32]
    vectors: npt.NDArray[np.int8]
    scales: Floats

    def rows_of(self, names: Sequence[str]) -> npt.NDArray[np.int32]:
        """Return the row of each name, or -1."""
        wanted = np.fromiter(map(key, names), np.uint64, len(names))
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, self.rows[at], np.int32(-1))

    def vectors_of(self, rows: npt.NDArray[np.int32]) -> Floats:
        """Return the vectors of rows."""
        vectors: Floats = self.vectors[rows] * self.scales[rows, None]
        return vectors


@dataclass(frozen=True, slots=True, repr=False)
class Weights:
    """Everything of a model. ``layers`` are convolutions ``(width, in, out)`` with biases."""

    features: Rows
    words: Rows
    layers: tuple[tuple[Floats, Floats], ...]
    output: Floats
    output_bias: Floats
    transitions: Floats
    about: dict[str, object]


def key(name: str) -> int:
    """Hash a name to 64 bits."""
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).digest())


def load(path: Path) -> Weights:
    """Read a model; ``WrongDictionary`` if it was trained with another dictionary."""
    with np.load(path) as file:
        about = json.loads(bytes(file["about"]).decode())
        _refuse_others(about)
        depth = sum(name.startswith("layer") for name in file.files)
        return Weights(
            features=_rows(file, "features"),
            words=_rows(file, "words"),
            layers=tuple(
                (_floats(file[f"layer{at}"]), _floats(file[f"bias{at}"])) for at in range(depth)
            ),
            output=_floats(file["output"]),
            output_bias=_floats(file["output_bias"]),
            transitions=_floats(file["transitions"]),
            about=about,
        )


def save(weights: Weights, path: Path) -> None:
    """Write a model; equal weights give equal bytes."""
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "about": np.frombuffer(json.dumps(weights.about, sort_keys=True).encode(), np.uint8),
        "output": weights.output.astype(np.float16),
        "output_bias": weights.output_bias.astype(np.float16),
        "transitions": weights.transitions.astype(np.float16),
    }
    for at, (kernel, bias) in enumerate(weights.layers):
        arrays[f"layer{at}"] = kernel.astype(np.float16)
        arrays[f"bias{at}"] = bias.astype(np.float16)
    for name, rows in (("features", weights.features), ("words", weights.words)):
        arrays[f"{name}_keys"] = rows.keys
        arrays[f"{name}_rows"] = rows.rows
        arrays[f"{name}_vectors"] = rows.vectors
        arrays[f"{name}_scales"] = rows.scales.astype(np.float16)
    np.savez_compressed(path, allow_pickle=False, **arrays)


def quantised(keys: Sequence[str], rows: Sequence[int], vectors: Floats) -> Rows:
    """Keep vectors in 8 bits; ``rows[i]`` is the row of ``keys[i]``."""
    hashed = np.fromiter(map(key, keys), np.uint64, len(keys))
    order = np.argsort(hashed)
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-8).astype(np.float16).astype(np.float32)
    whole = np.rint(vectors / (scales[:, None] / 127)).clip(-127, 127).astype(np.int8)
    return Rows(hashed[order], np.asarray(rows, np.int32)[order], whole, scales / 127)


def installed() -> dict[str, str]:
    """Return the versions of what cuts texts into words."""
    return {name: version(name) for name in CUTTERS}


def _refuse_others(about: dict[str, object]) -> None:
    if about["dictionary"] != installed():
        raise WrongDictionary(
            f"The name model was trained with {about['dictionary']}, but {installed()} is "
            "installed: install the versions in requirements.lock, or train it anew (make model)."
        )


def _rows(file: np.lib.npyio.NpzFile, name: str) -> Rows:
    return Rows(
        file[f"{name}_keys"],
        file[f"{name}_rows"].astype(np.int32),
        file[f"{name}_vectors"],
        _floats(file[f"{name}_scales"]),
    )


def _floats(array: npt.NDArray[np.generic]) -> Floats:
    return array.astype(np.float32)
