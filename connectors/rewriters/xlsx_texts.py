"""Texts that lie apart from their cells: those the cells of a workbook share, and comments.

Source: ECMA-376 part 1, 18.4.8 (si), 18.7.3 (comment)
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import BinaryIO

from connectors.rewriters.xml_chunks import chunks

_ITEM = re.compile(rb"<((?:\w+:)?)si(?=[\s/>])(?:[^>]*/>|[^>]*>.*?</(?:\w+:)?si>)", re.DOTALL)
_COMMENT = re.compile(
    rb"<((?:\w+:)?)(comment|threadedComment)(?=\s)([^>]*)>(.*?)</\1\2>", re.DOTALL
)
_REFERENCE = re.compile(rb'\sref="[A-Z]+(\d+)"')
_TEXT = re.compile(rb"<((?:\w+:)?)text(?=[\s>])[^>]*>.*?</\1text>", re.DOTALL)


def emptied(part: BinaryIO, numbers: Collection[int]) -> Iterator[bytes]:
    """Yield the part of shared texts with those of these numbers, from 0, emptied."""
    number = -1

    def changed(found: re.Match[bytes]) -> bytes:
        nonlocal number
        number += 1
        if number not in numbers:
            return found[0]
        prefix = found[1]
        return b"<" + prefix + b"si><" + prefix + b"t/></" + prefix + b"si>"

    for chunk in chunks(part, b"si"):
        yield _ITEM.sub(changed, chunk)


def silenced(part: bytes, rows: Collection[int]) -> bytes:
    """Return a part of comments without the texts of those in these rows."""

    def changed(found: re.Match[bytes]) -> bytes:
        reference = _REFERENCE.search(found[3])
        if reference is None or int(reference[1]) not in rows:
            return found[0]
        return _TEXT.sub(rb"<\1text></\1text>", found[0])

    return _COMMENT.sub(changed, part)
