"""A recognizer finds one entity, the same way in a sentence and in a column.

Each is a Presidio recognizer (``analyze``) that works in any other Presidio installation, and has
beside it what the columnar engine needs: a prefilter, a whole-value test, a normal form.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar

from presidio_analyzer import LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts
from spacy.tokens import Doc

from scanners.dummies import DUMMY, SCORE, is_dummy
from scanners.finding import Entity, Finding, Strength
from scanners.joined import each
from scanners.normalize import Folded, fold
from scanners.things.text import somebodys


class Recognizer(LocalRecognizer):
    """The base of all recognizers; a subclass fills the class variables and ``find``."""

    ENTITY: ClassVar[Entity]
    #: How values are compared: equal kind and normal form give an equal token.
    KIND: ClassVar[str]
    STRENGTH: ClassVar[Strength]
    #: Words that, near a candidate, speak for it (folded, lower case).
    CONTEXT: ClassVar[tuple[str, ...]] = ()
    #: Column names (folded, lower case, without ``_``, ``-`` and spaces) that announce it.
    HEADERS: ClassVar[tuple[str, ...]] = ()
    #: Pattern of the end of a column name, so written, that announces it too; "" if none does.
    SAID: ClassVar[str] = ""
    #: RE2 pattern that every folded text with a finding matches; "" if only tokens tell.
    PREFILTER: ClassVar[str] = ""
    #: Whether ``find`` needs the tokens of the text.
    NEEDS_TOKENS: ClassVar[bool] = False
    #: Whether ``normal`` takes many texts at once as ``scanners.joined`` asks.
    JOINS: ClassVar[bool] = False

    def __init__(self, supported_language: str = "ja", **kwargs: object) -> None:
        super().__init__(
            supported_entities=[self.ENTITY.value],
            supported_language=supported_language,
            name=type(self).__name__,
            context=list(self.CONTEXT),
        )

    @abstractmethod
    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find the entity inside a text; spans and ``text`` are those of the text as given."""

    def find_each(self, texts: Sequence[Folded]) -> list[list[Finding]]:
        """Find in many texts, as ``find`` does in each; quicker where a model reads them all."""
        return [list(self.find(text)) for text in texts]

    @abstractmethod
    def fits(self, value: str) -> bool:
        """Tell whether a whole folded value could be this entity, with nothing said around it."""

    @abstractmethod
    def normal(self, text: str) -> str:
        """Return the form under which values written differently compare equal."""

    def normals(self, texts: Sequence[str]) -> list[str]:
        """Return the normal form of each text, in their order: a column's at once if it can."""
        return each(self.normal, texts) if self.JOINS else [self.normal(text) for text in texts]

    def checks(self, value: str) -> bool | None:
        """Verify the check digit of a value that fits; ``None`` where there is none to verify."""
        return None

    def knows(self, value: str) -> bool:
        """Tell whether a whole folded value is this entity even where no header says so.

        For recognizers whose ``fits`` is generous (a name no list knows is still a name).
        """
        return self.fits(value) and self.checks(value) is not False

    def load(self) -> None:
        """Nothing to load; Presidio calls this."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """Presidio's entrance: find in ``text`` what is somebody's; answer in Presidio's type."""
        if self.ENTITY.value not in entities:
            return []
        folded = fold(text)
        found = self.find(folded, nlp_artifacts.tokens if nlp_artifacts else None)
        return [self._result(one) for one in somebodys(found, folded, lambda one: one.entity)]

    def _found(self, folded: Folded, start: int, end: int, score: float, *evidence: str) -> Finding:
        """Return the finding; a known dummy says so and is believed little."""
        first, last = folded.span(start, end)
        text = folded.source[first:last]
        if is_dummy(self.ENTITY, folded.text[start:end]):
            return Finding(self.ENTITY, first, last, min(score, SCORE), text, (*evidence, DUMMY))
        return Finding(self.ENTITY, first, last, score, text, evidence)

    def _result(self, found: Finding) -> RecognizerResult:
        return RecognizerResult(self.ENTITY.value, found.start, found.end, found.score)
