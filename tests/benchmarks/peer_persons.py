"""Presidio with ja_ginza, correctly mapped, asked for persons alone: a list of texts a line in,
their spans a line out.

Runs in an environment of its own, as ``peer_presidio.py`` does.
"""

from __future__ import annotations

import json
import sys

from peer_presidio import analyzer, stay_at_home
from presidio_analyzer import BatchAnalyzerEngine


def main() -> None:
    """Answer until nobody asks any more."""
    batch = BatchAnalyzerEngine(analyzer())
    for line in sys.stdin:
        answers = batch.analyze_iterator(json.loads(line), language="ja", entities=["PERSON"])
        spans = [[(one.start, one.end) for one in found] for found in answers]
        print(json.dumps(spans), flush=True)


if __name__ == "__main__":
    sys.addaudithook(stay_at_home)
    main()
