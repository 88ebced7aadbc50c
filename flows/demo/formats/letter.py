"""PDF letters: drawn text, one page a letter, in the Japanese font every PDF reader has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from flows.demo.itaiji import fit
from flows.demo.mark import Cell, fitted, join, text
from flows.demo.scribe import Scribe

_FONT = "HeiseiKakuGo-W5"
_SIZE = 11
_LEADING = 22
_MARGIN = 64
#: The characters that the font has are those of JIS X 0208.
_CHARACTERS = "iso2022_jp"


def write(scribe: Scribe, path: Cell, title: str, pages: Iterable[Sequence[Cell]]) -> None:
    """Write pages of lines; record ``{"page":2}``, the lines joined with line breaks."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    with scribe.create(path) as file:
        canvas = Canvas(file, pagesize=A4, invariant=1)
        canvas.setTitle(fit(title, _CHARACTERS))
        for number, lines in enumerate(pages, 1):
            held = tuple(fitted(line, _CHARACTERS) for line in lines)
            _draw(canvas, held)
            scribe.note(text(path), f'{{"page":{number}}}', {"text": join("\n", held)})
        canvas.save()


def _draw(canvas: Canvas, lines: Sequence[Cell]) -> None:
    canvas.setFont(_FONT, _SIZE)
    height = A4[1] - _MARGIN
    for line in lines:
        canvas.drawString(_MARGIN, height, text(line))
        height -= _LEADING
    canvas.showPage()
