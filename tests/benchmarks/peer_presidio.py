"""Presidio as its users run it on Japanese: the batch engine with ja_ginza, correctly mapped.

Runs in an environment of its own (requirements-peers.lock); prints the seconds it took, by the
clock and of the processor, the model loaded and warm. It may not talk to anyone: whatever tries is
stopped.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import tldextract
from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

MAPPING = {"Person": "PERSON", "City": "LOCATION", "Province": "LOCATION", "Date": "DATE_TIME"}
# Presidio's e-mail recognizer would fetch the public suffix list: the packaged one serves as well.
tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def main(path: Path) -> None:
    """Analyse a JSON object of columns and print how long that took."""
    columns = json.loads(path.read_text(encoding="utf-8"))
    batch = BatchAnalyzerEngine(analyzer())
    list(batch.analyze_dict({"warm": ["山田太郎 090-1234-5678"]}, language="ja"))
    started, used = time.perf_counter(), time.process_time()
    list(batch.analyze_dict(columns, language="ja", batch_size=128))
    print(time.perf_counter() - started, time.process_time() - used)


def stay_at_home(event: str, _: object) -> None:
    """Refuse every connection (an audit hook)."""
    if event in {"socket.connect", "socket.getaddrinfo"}:
        raise ConnectionRefusedError(event)


def analyzer() -> AnalyzerEngine:
    """Return the engine with every recognizer that Presidio can run on Japanese."""
    mapping = NerModelConfiguration(model_to_presidio_entity_mapping=MAPPING)
    models = [{"lang_code": "ja", "model_name": "ja_ginza"}]
    engine = SpacyNlpEngine(models=models, ner_model_configuration=mapping)
    engine.load()
    registry = RecognizerRegistry(supported_languages=["ja"])
    registry.load_predefined_recognizers(languages=["ja"], nlp_engine=engine)
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["ja"])


if __name__ == "__main__":
    sys.addaudithook(stay_at_home)
    main(Path(sys.argv[1]))
