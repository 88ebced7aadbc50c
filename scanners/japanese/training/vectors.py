"""単語ベクトル (word vectors): chiVe, as the package ``ja-ginza`` carries it.

chiVe (Works Applications, Apache License 2.0) was learnt from the NINJAL Web Japanese Corpus over
Sudachi's words: 480,443 normalized forms share 20,000 vectors of 300 dimensions. Nothing else of
``ja-ginza``, whose own networks were trained on data that may not be sold, is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from spacy.vocab import Vocab

from scanners.japanese.weights import Floats


@dataclass(frozen=True, slots=True, repr=False)
class Vectors:
    """Vectors of length 1, and the row of each word."""

    array: Floats
    rows: dict[str, int]

    def row(self, *forms: str) -> int:
        """Return the row of the first form that has one, or -1."""
        return next((self.rows[form] for form in forms if form in self.rows), -1)


def read_vectors() -> Vectors:
    """Read the vectors; ``ModuleNotFoundError`` if ``ja-ginza`` isn't installed."""
    vocab = Vocab().from_disk(_folder() / "vocab")
    array = np.asarray(vocab.vectors.data, np.float32)
    rows = {vocab.strings[key]: int(row) for key, row in vocab.vectors.key2row.items()}
    return Vectors(array / np.linalg.norm(array, axis=1, keepdims=True), rows)


def _folder() -> Path:
    spec = find_spec("ja_ginza")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(
            "Word vectors come from the package ja-ginza: pip install --no-deps ja-ginza"
        )
    return next(Path(spec.origin).parent.glob("ja_ginza-*"))
