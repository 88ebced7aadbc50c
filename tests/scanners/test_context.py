"""Words near a candidate."""

from __future__ import annotations

from scanners.context import Words

WORDS = Words(("個人番号", "my number"))
RIVALS = Words(("注文番号",))


def test_the_nearest_word_counts() -> None:
    """Words stand before or behind, in any case; the nearest is told."""
    text = "My Number 123 個人番号"
    near = WORDS.near(text, 10, 13)
    assert near is not None
    assert (near.word, near.distance) == ("my number", 1)


def test_latin_words_are_whole() -> None:
    """A Latin word inside a longer one says nothing."""
    assert WORDS.near("dummy numbers 123", 14, 17) is None


def test_far_words_say_nothing() -> None:
    """Beyond forty characters nothing is read."""
    assert WORDS.near("個人番号" + "、" * 41 + "123", 45, 48) is None


def test_a_nearer_rival_refutes() -> None:
    """A word that names something else wins if it stands nearer."""
    text = "個人番号カードの注文番号123"
    assert WORDS.named(text, 12, 15, RIVALS) is None
    assert WORDS.named("注文番号と個人番号123", 9, 12, RIVALS) is not None


def test_no_words_match_nothing() -> None:
    """An empty list of words is never near."""
    assert not Words(()).within("個人番号")
