"""The name model as spaCy's and Presidio's own engines run it."""

from __future__ import annotations

import spacy
import yaml
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider
from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider

from scanners.japanese.pipeline import PIPELINE, pipeline
from scanners.presidio import REGISTRY
from scanners.recognizers.registry import TABLE, recognizers

TEXT = "担当は㈱山田製作所の髙橋 一郎様です。"


def test_the_pipeline_finds_persons_where_they_stand() -> None:
    """Entities are those of the text as given, honorific and company left out."""
    assert [(one.text, one.label_) for one in pipeline()(TEXT).ents] == [("髙橋 一郎", "PERSON")]


def test_the_pipeline_loads_by_its_path() -> None:
    """What ``spacy.load`` makes of the folder finds the same."""
    loaded = spacy.load(PIPELINE)
    assert [one.text for one in loaded(TEXT).ents] == ["髙橋 一郎"]


def test_the_component_reads_what_another_tokenizer_cut() -> None:
    """Behind a tokenizer that knows no Japanese, names are found all the same."""
    blank = spacy.blank("xx")
    blank.add_pipe("shozai_names")
    assert [one.text for one in blank("山田 太郎 が来た").ents] == ["山田 太郎"]


def test_a_long_text_is_read_to_its_end() -> None:
    """Sudachi's limit is nobody's concern."""
    text = "在庫を数えた。" * 9000 + "担当は佐藤花子さん。"
    assert [one.text for one in pipeline()(text).ents] == ["佐藤花子"]


def test_presidio_runs_all_of_it_from_its_own_configuration() -> None:
    """The YAML registry and the pipeline's path make an engine without a line of ours."""
    recognizers()  # Presidio knows recognizers of classes that are loaded
    registry = RecognizerRegistryProvider(conf_file=REGISTRY).create_recognizer_registry()
    model = {"lang_code": "ja", "model_name": str(PIPELINE)}
    configuration = {"nlp_engine_name": "spacy", "models": [model, {**model, "lang_code": "en"}]}
    engine = AnalyzerEngine(
        registry=registry,
        nlp_engine=NlpEngineProvider(nlp_configuration=configuration).create_engine(),
        supported_languages=["ja", "en"],
    )
    text = "佐藤花子さんの個人番号は 1234 5678 9018、電話は 090-1234-5678 です。"
    found = {one.entity_type: text[one.start : one.end] for one in engine.analyze(text, "ja")}
    assert found["PERSON"] == "佐藤花子"
    assert found["JP_MY_NUMBER"] == "1234 5678 9018"
    assert found["PHONE_NUMBER"] == "090-1234-5678"


def test_the_yaml_registry_lists_every_recognizer() -> None:
    """Its rows are those of our own table, in the same order."""
    listed = yaml.safe_load(REGISTRY.read_text("utf-8"))["recognizers"]
    assert [row["name"] for row in listed] == [name for _, name in TABLE]
