"""文字認識 (OCR): the text of a picture, by Debian's tesseract and its Japanese model.

It runs as a child of this process, one picture or one TIFF of many pages at a time, with a limit of
time. Source: https://tesseract-ocr.github.io/tessdoc/Command-Line-Usage.html (tsv).
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

#: Seconds for a page, and the mean confidence below which a page counts as partly read.
SECONDS, SURE = 120, 60
MISSING = "needs OCR: tesseract isn't installed; apt install tesseract-ocr tesseract-ocr-jpn"
NEEDED = "needs OCR"
DOUBTFUL = "read by OCR with low confidence"
FAILED = "OCR failed on it or took too long"

_LINE = ("page_num", "block_num", "par_num", "line_num")


class Unrecognised(Exception):
    """There is no text to be had; the message is the gap's reason."""


@dataclass(frozen=True, slots=True, repr=False)
class Recognised:
    """A page's text and how sure it is, from 0 to 100. No ``repr``."""

    page: int
    text: str
    confidence: float


def recognise(picture: bytes) -> list[Recognised]:
    """Read a picture of any format tesseract knows, page by page; raises ``Unrecognised``."""
    program = shutil.which("tesseract")
    if program is None:
        raise Unrecognised(MISSING)
    command = [program, "stdin", "stdout", "-l", "jpn+eng", "--psm", "3", "tsv"]
    try:
        done = subprocess.run(  # noqa: S603  # its arguments are ours
            command,
            input=picture,
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )
    except (subprocess.SubprocessError, OSError):
        raise Unrecognised(FAILED) from None
    return list(_pages(done.stdout.decode("utf-8", "replace")))


def _pages(table: str) -> Iterator[Recognised]:
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [row for row in rows if row["level"] == "5" and row["text"].strip()]
    for page, some in groupby(words, itemgetter("page_num")):
        of_page = list(some)
        lines = (list(line) for _, line in groupby(of_page, itemgetter(*_LINE)))
        text = "\n".join(_joined([word["text"] for word in line]) for line in lines)
        sure = sum(float(word["conf"]) for word in of_page) / len(of_page)
        yield Recognised(int(page), text, sure)


def _joined(words: Sequence[str]) -> str:
    """Put a space between words, but none beside a character of Japanese."""
    text = ""
    for word in words:
        is_apart = text and not (_is_wide(text[-1]) or _is_wide(word[0]))
        text += f" {word}" if is_apart else word
    return text


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in ("W", "F")
