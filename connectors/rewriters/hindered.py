"""What stops an edit, on its way to whoever lists it; the sentence names no value."""

from __future__ import annotations

from connectors.change import Why

NO_FIELD = "The record has no such field; scan the file again."
TWO_WAYS = "Its quotes or characters can be read in two ways; change it in an editor."


class Hindered(Exception):
    """The edit can't be made; the message is a sentence for a person."""

    def __init__(self, why: Why, sentence: str) -> None:
        super().__init__(sentence)
        self.why = why


def lacking(codec: str) -> Hindered:
    """Return what stops a value that the file's encoding can't write."""
    return Hindered(
        Why.WRONG_TYPE, f"The file's encoding, {codec}, lacks a character of the value."
    )
