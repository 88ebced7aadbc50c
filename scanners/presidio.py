"""Presidio's engine for Japanese and English, made of our recognizers alone.

Nothing is downloaded or asked of the network: words come from spaCy's blank pipelines, cut by
Sudachi for both languages (names in romaji stand among Japanese), and none of Presidio's own
recognizers is loaded. Each recognizer looks at the words on both sides of a candidate itself, so in
the place of Presidio's context enhancer stands the settling of overlaps.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, SpacyNlpEngine

from scanners.finding import Finding
from scanners.japanese.pipeline import pipeline
from scanners.normalize import fold
from scanners.overlap import strongest
from scanners.recognizers.registry import recognizers
from scanners.things.text import somebodys

#: Every recognizer for Presidio's ``RecognizerRegistryProvider``.
REGISTRY = Path(__file__).parent / "presidio.yaml"


def find_in_text(text: str) -> list[Finding]:
    """Find every entity in a text; overlaps are settled, spans are characters of ``text``."""
    folded = fold(text)
    found = (found for known in recognizers() for found in known.find(folded))
    return strongest(somebodys(found, folded, lambda one: one.entity))


def analyzer(languages: Sequence[str] = ("ja", "en")) -> AnalyzerEngine:
    """Return an engine whose ``analyze`` answers as ``find_in_text`` does."""
    registry = RecognizerRegistry(
        recognizers=[known for language in languages for known in recognizers(language)],
        supported_languages=list(languages),
    )
    return AnalyzerEngine(
        registry=registry,
        nlp_engine=_BlankEngine(languages),
        supported_languages=list(languages),
        context_aware_enhancer=_Settling(),
    )


class _BlankEngine(SpacyNlpEngine):
    """Presidio's spaCy engine over pipelines that need no model."""

    def __init__(self, languages: Sequence[str]) -> None:
        super().__init__(models=[{"lang_code": one, "model_name": "blank"} for one in languages])

    def load(self) -> None:
        languages = [model["lang_code"] for model in self.models]
        pipelines = {one: pipeline(one, names=False) for one in languages}
        self.nlp = pipelines  # type: ignore[assignment]  # Presidio says None until loaded


class _Settling(ContextAwareEnhancer):
    """Settles overlaps where Presidio would raise scores."""

    def __init__(self) -> None:
        super().__init__(0, 0, 0, 0)

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        """Return what stays; equally good results are ranked as ``find_in_text`` ranks them."""
        order = {one: at for at, one in enumerate(_entities())}
        last = len(order)
        left = somebodys(raw_results, fold(text), lambda one: one.entity_type)
        return strongest(sorted(left, key=lambda one: order.get(one.entity_type, last)))


def _entities() -> list[str]:
    return [known.ENTITY.value for known in recognizers()]
