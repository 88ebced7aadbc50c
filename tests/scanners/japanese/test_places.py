"""Japan Post's table of towns and codes."""

from __future__ import annotations

import sqlite3
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanners.japanese import places as table
from scanners.japanese.places import has_code, place_key, places


def test_codes_of_towns_and_offices_are_known() -> None:
    """Towns, large offices and post-office boxes have codes; most numbers are nobody's."""
    assert has_code("1600023")
    assert has_code("1008994")  # a post-office box
    assert not has_code("9999999")


@pytest.mark.parametrize(
    "city", ["横浜市中区", "横浜市", "西多摩郡奥多摩町", "奥多摩町", "千代田区"]
)
def test_municipalities_are_known_as_people_write_them(city: str) -> None:
    """With and without 郡, a ward with its city and the city alone."""
    assert place_key(city) in places().towns


@pytest.mark.parametrize(
    ("code", "text", "agrees"),
    [
        ("1600023", "東京都新宿区西新宿2-8-1", True),
        ("1600023", "新宿区 西新宿", True),
        ("1600023", "西新宿2-8-1", True),
        ("1600023", "港区芝公園", False),
        ("1000013", "千代田区霞ヶ関", True),
        ("9999999", "千代田区", False),
    ],
)
def test_a_code_agrees_with_its_address(code: str, text: str, agrees: bool) -> None:
    """The municipality or the town beside a code is the code's own."""
    assert places().is_at(code, text) is agrees


def test_the_table_is_read_from_any_thread_and_left_as_it_is() -> None:
    """No connection stays open, and nothing is written beside the file."""
    before = {path.name for path in table._file().parent.iterdir()}
    table._bits.cache_clear()
    threads = [threading.Thread(target=has_code, args=("1600023",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert has_code("1600023")
    assert {path.name for path in table._file().parent.iterdir()} == before
    with table._opened() as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute("CREATE TABLE t (c)")


@given(st.text())
def test_a_key_keeps_every_place(text: str) -> None:
    """Each character of a key stands where it stood."""
    assert len(place_key(text)) == len(text)
