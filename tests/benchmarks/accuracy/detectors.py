"""Who looks for persons: the detector as shipped, its name model alone, and the peer.

Each takes texts and returns the spans of the persons in each. The model alone and the peer may be
absent: then they are ``None``.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

from scanners.finding import Entity
from scanners.japanese.itaiji import fold_itaiji
from scanners.japanese.name_model import MODEL, name_model
from scanners.japanese.tokenizer import tokenize
from scanners.normalize import fold
from scanners.presidio import find_in_text
from tests.benchmarks.accuracy.spans import Span

PEERS = Path(os.environ.get("BENCH_PEERS", ".venv-peers/bin/python"))
NO_PEER = "The peer is not measured: `make bench` sets up its environment."
PEER = "Presidio + ja_ginza"
Detect: TypeAlias = Callable[[Sequence[str]], list[list[Span]]]


def shipped(texts: Sequence[str]) -> list[list[Span]]:
    """Find persons as ``find_in_text`` does, beside everything else."""
    return [_persons(text) for text in texts]


def model() -> Detect | None:
    """Return the name model alone, if there is one: no list, no label, no honorific is asked."""
    return _named if MODEL.exists() else None


@cache
def peer() -> Detect | None:
    """Return Presidio with ja_ginza, if its environment is there; started once."""
    if not PEERS.exists():
        return None
    script = Path(__file__).parents[1] / "peer_persons.py"
    pipe = subprocess.PIPE
    process = subprocess.Popen([str(PEERS), str(script)], stdin=pipe, stdout=pipe, text=True)

    def ask(texts: Sequence[str]) -> list[list[Span]]:
        assert process.stdin
        assert process.stdout
        print(json.dumps(list(texts)), file=process.stdin, flush=True)
        answer = json.loads(process.stdout.readline())
        return [[(start, end) for start, end in spans] for spans in answer]

    return ask


def _named(texts: Sequence[str]) -> list[list[Span]]:
    folded = [fold(text) for text in texts]
    cut = [tokenize(fold_itaiji(one.text)) for one in folded]
    found = name_model().find(cut)
    return [
        [one.span(name.start, name.end) for name in names]
        for one, names in zip(folded, found, strict=True)
    ]


def _persons(text: str) -> list[Span]:
    found = find_in_text(text)
    return [(one.start, one.end) for one in found if one.entity is Entity.PERSON]
