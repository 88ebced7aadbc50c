"""Templates made ready: Jinja with escaping always on, and the words and filters they use."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports import wording
from reports.holdings import HeldDataset
from reports.names import Names
from reports.reasons import explained, headed
from reports.site import address
from reports.weight import is_grave
from reports.words import Language, label, phrase
from scanners.verdict import Evidence

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
    def because(evidence: Evidence) -> str:
        return wording.reason(evidence, language)

    def brief(value: int) -> str:
        return wording.short_number(value, language)

    def period(text: str) -> str:
        return wording.period(text, language)

    def form(held: HeldDataset) -> str:
        return wording.form(held, language)

    return {
        "form": form,
        "number": wording.number,
        "brief": brief,
        "share": wording.share,
        "size": wording.size,
        "minute": wording.minute,
        "day": wording.day,
        "period": period,
        "because": because,
    }
