"""HTML: headings, paragraphs and table rows, each of them a part, from 1."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from flows.demo.mark import Cell, join, text
from flows.demo.scribe import Scribe

_HEAD = '<!DOCTYPE html>\n<html lang="ja">\n<head><meta charset="utf-8"></head>\n<body>\n'


def write(scribe: Scribe, path: Cell, blocks: Iterable[tuple[str, tuple[Cell, ...]]]) -> None:
    """Write blocks: the name of an element (``h1``, ``p``, ``tr``) and its text or cells."""
    with scribe.create(path) as file:
        file.write(_HEAD.encode())
        rows = False
        for number, (element, cells) in enumerate(blocks, 1):
            if rows != (element == "tr"):
                file.write(b"</table>\n" if rows else b"<table>\n")
                rows = not rows
            file.write(f"{_html(element, cells)}\n".encode())
            scribe.note(text(path), f'{{"part":{number}}}', {"text": join("\t", cells)})
        file.write(b"</table>\n</body>\n</html>\n" if rows else b"</body>\n</html>\n")


def _html(element: str, cells: tuple[Cell, ...]) -> str:
    words = [escape(text(cell), quote=False) for cell in cells]
    if element == "tr":
        words = [f"<td>{word}</td>" for word in words]
    return f"<{element}>{''.join(words)}</{element}>"
