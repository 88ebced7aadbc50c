"""Plain text and logs: one record a line, in whatever encoding the program that wrote it had."""

from __future__ import annotations

from codecs import BOM_UTF16_LE
from collections.abc import Iterable

from flows.demo.mark import Cell, fitted, text
from flows.demo.scribe import Scribe


def write(
    scribe: Scribe, path: Cell, lines: Iterable[Cell], *, encoding: str = "utf-8", end: str = "\n"
) -> None:
    """Write lines; ``utf-16-le`` begins with the mark that Windows puts there."""
    with scribe.create(path) as file:
        file.write(BOM_UTF16_LE if encoding == "utf-16-le" else b"")
        for number, line in enumerate(lines, 1):
            held = fitted(line, encoding)
            file.write(f"{text(held)}{end}".encode(encoding))
            scribe.note(text(path), f'{{"line":{number}}}', {"text": held})
