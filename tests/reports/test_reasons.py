"""Whoever reads Japanese learns in Japanese why something was not read."""

from __future__ import annotations

import re

import pytest

from reports.reasons import _sentences, explained, gist, headed


@pytest.mark.parametrize("sentence", _sentences())
def test_both_languages_fill_in_the_same_things(sentence: str) -> None:
    """A number that the English names is named by the Japanese, too."""
    words = _sentences()[sentence]
    assert words.count("{}") == sentence.count("{}")
    assert re.search(r"[ぁ-んァ-ヶ一-龠]", words)


@pytest.mark.parametrize("sentence", _sentences())
def test_a_sentence_is_known_again(sentence: str) -> None:
    """Filled in, a sentence is still told in Japanese and grouped with its like."""
    said = sentence.replace("{}", "17")
    assert gist(said) == sentence
    assert explained(said) == _sentences()[sentence].replace("{}", "17")
    assert explained(said, "en") == said


def test_the_narrower_sentence_wins() -> None:
    """What is larger only when unpacked isn't simply large."""
    assert gist("larger than 4 GiB unpacked") == "larger than {} unpacked"


def test_a_reason_within_a_reason_is_told_too() -> None:
    """An attachment's reason is a reason."""
    assert explained("attachment: larger than 16 MiB") == "添付ファイル：大きすぎる（16 MiB超）"


def test_a_new_reason_stays_as_it_is() -> None:
    """What nobody translated is shown as said, and grouped without its numbers."""
    assert explained("the moon is full on day 12") == "the moon is full on day 12"
    assert gist("the moon is full on day 12") == gist("the moon is full on day 3")
    assert headed(gist("the moon is full on day 12")) == "the moon is full on day …"
