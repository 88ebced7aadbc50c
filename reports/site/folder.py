"""The report as a folder: pages, one style sheet, and the register as an Excel workbook.

Nothing in it refers to anything outside, and nothing runs: it opens from a disk, a share or a
mail, without a network.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from jinja2 import Environment

from reports import register
from reports.business import Business
from reports.holdings import Tables
from reports.names import Names
from reports.seal import Seal
from reports.site.contents import Contents, read
from reports.site.drawing import STYLE, environment
from reports.words import Language, label

INDEX = "index.html"
_MARK = '<meta name="generator" content="Shozai">'


def build(
    inventory: Tables,
    out: Path,
    *,
    made: datetime,
    business: Business = Business(),  # noqa: B008 (frozen)
    language: Language = "ja",
    seal: Seal | None = None,
) -> Path:
    """Write the report into ``out`` and return its first page.

    ``made`` is the time to print; ``seal`` lets sealed names be shown by their first characters.
    Files of an earlier report that have no place in this one are removed, others are left alone.
    """
    names = Names(seal)
    contents = read(inventory, business, made, names)
    pages = dict(_pages(contents, environment(language, names)))
    out.mkdir(parents=True, exist_ok=True)
    _remove_former(out, set(pages))
    for name, html in pages.items():
        (out / name).write_text(html, encoding="utf-8")
    shutil.copyfile(STYLE, out / STYLE.name)
    file = out / label("register.file", language)
    register.write(inventory, file, made=made, business=business, language=language, seal=seal)
    return out / INDEX


def _pages(contents: Contents, drawn: Environment) -> Iterator[tuple[str, str]]:
    for name in (INDEX, "coverage.html", "links.html"):
        yield name, drawn.get_template(f"{name}.j2").render(report=contents, here=name)
    template = drawn.get_template("source.html.j2")
    for page in contents.addresses.pages:
        yield page.file, template.render(report=contents, page=page, here=page.file)


def _remove_former(out: Path, names: set[str]) -> None:
    for file in out.glob("source-*.html"):
        if file.name not in names and _MARK in file.read_text(encoding="utf-8", errors="replace"):
            file.unlink()
