"""Presidio's engine for Japanese and English, made of our recognizers alone.

Nothing is downloaded or asked of the network: words come from spaCy's blank pipelines, cut by
Sudachi for both languages (names in romaji stand among Japanese), and none of Presidio's own
recognizers is loaded. Each recognizer looks at the words on both sides of a candidate itself, so in
the place of Presidio's context enhancer stands the settling of overlaps.
"""

from __future__ import annotations

from collections.abc import Sequence

import spacy
from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, SpacyNlpEngine
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from scanners.finding import Finding
from scanners.japanese.tokenizer import to_doc
from scanners.normalize import fold
from scanners.overlap import strongest
from scanners.recognizers.registry import recognizers

#: Spares spaCy a Sudachi of its own.
_PLAIN = {"@tokenizers": "spacy.Tokenizer.v1"}
#: A vocabulary keeps every word it meets; past so many a fresh one is begun.
_MOST_WORDS = 200_000


def find_in_text(text: str) -> list[Finding]:
    """Find every entity in a text; overlaps are settled, spans are characters of ``text``."""
    folded = fold(text)
    return strongest(found for known in recognizers() for found in known.find(folded))


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
        pipelines = {model["lang_code"]: _blank(model["lang_code"]) for model in self.models}
        self.nlp = pipelines  # type: ignore[assignment]  # Presidio says None until loaded


def _blank(language: str) -> Language:
    pipeline = spacy.blank(language, config={"nlp": {"tokenizer": _PLAIN}})
    pipeline.tokenizer = _Words(pipeline.vocab)
    # spaCy's bound protects parsers; cutting words needs no memory to speak of.
    pipeline.max_length = 1 << 40
    return pipeline


class _Words:
    """A spaCy tokenizer: Sudachi's words with their parts of speech as tags."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        if len(self._vocab.strings) > _MOST_WORDS:
            self._vocab = Vocab()
        return to_doc(self._vocab, text)


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
        return strongest(sorted(raw_results, key=lambda one: order.get(one.entity_type, last)))


def _entities() -> list[str]:
    return [known.ENTITY.value for known in recognizers()]
