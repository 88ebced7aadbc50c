"""Parts gathered into pieces."""

from __future__ import annotations

from connectors.place import Status
from connectors.readers import parts
from connectors.readers.base import Gap, Piece
from connectors.readers.parts import Part, numbered, pieces, place


def test_names_are_compact_json() -> None:
    """A record's name keeps the order of its keys and its characters."""
    assert place(message=2, part='attachment:"名簿".csv') == (
        '{"message":2,"part":"attachment:\\"名簿\\".csv"}'
    )


def test_blank_texts_count_but_yield_nothing() -> None:
    """A blank text has a number that no record bears."""
    assert [part.record for part in numbered(["a", " \n", "b"])] == ['{"part":1}', '{"part":3}']


def test_pieces_are_bounded() -> None:
    """Many parts become pieces of bounded rows, large ones pieces of bounded size."""
    found = pieces(numbered(["x"] * 25_000))
    many = [len(piece.records) for piece in found if isinstance(piece, Piece)]
    assert many == [parts.ROWS, parts.ROWS, 5_000]
    large = list(pieces(numbered(["x" * parts.CHARACTERS] * 3)))
    assert len(large) == 3


def test_gaps_and_pieces_keep_their_place() -> None:
    """What passes through comes after the parts before it; fields a part lacks are null."""
    gap = Gap(Status.SKIPPED, "why")
    first, second, third = pieces(
        [Part("1", {"a": "x"}), Part("2", {"b": "y"}), gap, Part("3", {})]
    )
    assert isinstance(first, Piece)
    assert first.values.to_pylist() == [{"a": "x", "b": None}, {"a": None, "b": "y"}]
    assert second == gap
    assert isinstance(third, Piece)
