"""Addresses of every municipality, and their form."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanners.japanese.address import address_at, addresses
from scanners.japanese.address_form import address_form
from scanners.japanese.places import places

STYLES = ("1丁目2番3号", "1-2-3", "一丁目二番三号", "1丁目2-3", "1番地の2", "甲123番地", "1234")
#: Longer ones are towers with a code of their own, where no block follows.
LONGEST = 12
#: Before a block in kanji these can't be told from its number: 十三一丁目.
NUMERALS = set("一二三四五六七八九十百")
TOWNS = sorted(
    (city, town) for city, towns in places().towns.items() for town in towns if len(town) <= LONGEST
)


@given(st.sampled_from(TOWNS), st.sampled_from(STYLES))
def test_an_address_of_any_town_is_read_whole(town: tuple[str, str], style: str) -> None:
    """From the municipality to the block, with nothing above it or behind it."""
    text = "".join((*town, style))
    address = address_at(text)
    assert address is not None
    assert (address.start, address.end, address.blocked) == (0, len(text), True)


@given(st.sampled_from([one for one in TOWNS if one[1][-1] not in NUMERALS]))
def test_the_prefecture_and_the_style_make_no_difference(town: tuple[str, str]) -> None:
    """Styles of one block have one form, whatever prefecture stands before."""
    forms = {
        address_form(f"{lead}{''.join(town)}{style}")
        for lead in ("", "東京都")
        for style in STYLES[:4]
    }
    assert len(forms) == 1


@given(st.text(alphabet="東京都京府市区町村郡1一-丁目番号の字大甲上ル ヶ〒*", max_size=40))
def test_any_text_is_read_within_itself(text: str) -> None:
    """Addresses lie in the text, one behind the other."""
    found = list(addresses(text))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


@pytest.mark.parametrize("text", ["東京都の人口", "横浜市", "市", ""])
def test_a_place_has_no_block(text: str) -> None:
    """What goes no further down than a municipality has none."""
    assert not any(address.blocked for address in addresses(text))
