"""spaCy パイプライン (pipeline): the name model as spaCy's and Presidio's own engines run it.

``pipeline()`` is ``spacy.blank("ja")`` with our tokenizer, whose words every recognizer shares, and
our component, which sets ``doc.ents``. The folder ``PIPELINE`` is the same for whoever takes a
path, ``spacy.load`` or Presidio's ``NlpEngineProvider``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans, registry
from spacy.vocab import Vocab

from scanners.japanese.itaiji import fold_itaiji
from scanners.japanese.name_model import name_model
from scanners.japanese.tokenizer import doc_tokens, is_cut, to_doc, tokenize
from scanners.normalize import fold

#: What ``spacy.load`` takes.
PIPELINE = Path(__file__).parent / "model" / "ja_shozai"
NAMES, WORDS = "shozai_names", "shozai_words.v1"
#: A vocabulary keeps every word it meets; past so many a fresh one is begun.
_MOST_WORDS = 200_000
_LABEL = "PERSON"


class Words:
    """A spaCy tokenizer: Sudachi's words with their parts of speech as tags."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Cut a text."""
        if len(self._vocab.strings) > _MOST_WORDS:
            self._vocab = Vocab()
        return to_doc(self._vocab, text)

    def from_disk(self, path: Path, exclude: Sequence[str] = ()) -> Words:
        """Nothing is kept on disk; ``spacy.load`` asks all the same."""
        return self


class Names:
    """A spaCy component: the persons that the model finds, as entities."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the names of a document, cut by whichever tokenizer."""
        folded = fold(doc.text)
        key = fold_itaiji(folded.text)
        words = doc_tokens(doc) if is_cut(doc, key) else tokenize(key)
        spans = (folded.span(name.start, name.end) for name in name_model().find([words])[0])
        found = (doc.char_span(*span, _LABEL, alignment_mode="expand") for span in spans)
        doc.set_ents(list(filter_spans([span for span in found if span])))
        return doc


def pipeline(language: str = "ja", *, names: bool = True) -> Language:
    """Return a pipeline that cuts words and, where asked, finds names."""
    blank = spacy.blank(language, config={"nlp": {"tokenizer": {"@tokenizers": WORDS}}})
    # spaCy's bound protects parsers; cutting words needs no memory to speak of.
    blank.max_length = 1 << 40
    if names:
        blank.add_pipe(NAMES)
    return blank


def words() -> Callable[[Language], Words]:
    """Make our tokenizer, as spaCy's registry asks for it."""
    return lambda nlp: Words(nlp.vocab)


@Language.factory(NAMES, assigns=["doc.ents"])
def names(nlp: Language, name: str) -> Names:  # noqa: ARG001 - spaCy gives both
    """Make our component, as spaCy's registry asks for it."""
    return Names()


registry.tokenizers.register(WORDS, func=words)
