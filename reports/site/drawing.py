"""Templates made ready: Jinja with escaping always on, and the words and filters they use."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports import wording
from reports.names import Names
from reports.reasons import explained, headed
from reports.site import address
from reports.weight import is_grave
from reports.words import Language, label, phrase

#: Templates and the style sheet; the web console draws from the same parts.
TEMPLATES = Path(__file__).with_name("templates")
STYLE = TEMPLATES / "style.css"


@cache
def environment(language: Language, names: Names) -> Environment:
    """Return the environment that draws pages in a language, showing names as ``names`` does."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "language": language,
        "t": partial(label, language=language),
        "say": partial(phrase, language=language),
        "headed": partial(headed, language=language),
        "explained": partial(explained, language=language),
        "anchor": address.anchor,
        "entity_anchor": address.entity_anchor,
        "field_anchors": address.field_anchors,
        "is_grave": is_grave,
    }
    made.filters |= _filters(language) | {"shown": names.shown}
    return made


def _filters(language: Language) -> dict[str, object]:
    return {
        "form": partial(wording.form, language=language),
        "number": wording.number,
        "brief": partial(wording.short_number, language=language),
        "share": wording.share,
        "size": wording.size,
        "minute": wording.minute,
        "day": wording.day,
        "period": partial(wording.period, language=language),
        "because": partial(wording.reason, language=language),
    }
