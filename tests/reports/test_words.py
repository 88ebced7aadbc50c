"""The words people read are complete, in both languages, and every word asked for exists."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest

from connectors.place import Status
from reports import words
from reports.reasons import explained
from reports.register.entry import BY_HAND, COLUMNS, FILL
from reports.weight import ENTITIES, Weight
from scanners.finding import About, Entity, Role, Strength
from scanners.things.family import Family

_REPORTS = Path(words.__file__).parent
_HOUSE = _REPORTS.parent
_CLOSED = (Entity, About, Role, Strength, Status)
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠々〆]")


@pytest.mark.parametrize("code", [one.value for closed in _CLOSED for one in closed])
def test_every_code_of_the_tables_has_words(code: str) -> None:
    """Whatever a column can say, people read in Japanese and in English."""
    assert _JAPANESE.search(words.label(code))
    assert words.label(code, "en") not in {"", code}


@pytest.mark.parametrize(
    "term", [*ENTITIES, *(one.name for one in Weight), *COLUMNS, *BY_HAND, FILL]
)
def test_every_term_of_a_report_has_words(term: str) -> None:
    """What the data map and the register name is listed."""
    assert term in words.terms()


def _kinds() -> set[str]:
    """Return the kinds of evidence that the packages speak of."""
    said = re.compile(r'Evidence\(\s*((?:"[a-z ]+"(?: if [^,]+? else )?)+)')
    sources = [path for name in ("scanners", "flows") for path in (_HOUSE / name).rglob("*.py")]
    spoken = (match[1] for path in sources for match in said.finditer(path.read_text("utf-8")))
    return {kind for words in spoken for kind in re.findall(r'"([a-z ]+)"', words)}


def test_every_kind_of_evidence_has_words() -> None:
    """Whatever a scanner gives as its reason, a reviewer reads it in both languages."""
    assert len(_kinds()) > 5
    assert {f"evidence.{kind}" for kind in _kinds()} - set(words.terms()) == set()


@pytest.mark.parametrize("family", Family)
def test_every_family_of_numbers_has_words(family: Family) -> None:
    """What is nobody's number is named in Japanese, too."""
    assert _JAPANESE.search(explained(f"{family}: x")), family


def test_a_term_stands_once() -> None:
    """No two lines of the file fight over a term."""
    lines = (_REPORTS / "words.toml").read_text(encoding="utf-8").splitlines()
    named = [match[1] for line in lines if (match := re.match(r'"?([^"=\[#]+?)"?\s*=', line))]
    assert [term for term, count in Counter(named).items() if count > 1] == []


def test_both_languages_have_the_same_blanks() -> None:
    """A phrase can be filled in with the same values whatever the language."""
    for term, both in words.terms().items():
        blanks = [set(_blanks(text)) for text in both.values()]
        assert blanks[0] == blanks[1], term


def test_templates_ask_only_for_words_that_exist() -> None:
    """A page never shows the name of a term instead of its words."""
    asked = set()
    for template in (_REPORTS / "site" / "templates").rglob("*.j2"):
        text = template.read_text(encoding="utf-8")
        asked |= set(re.findall(r'\b(?:t|say|fact|owed)\("([^"]+)"', text))
        asked |= set(re.findall(r'"((?:nav|fact|map|asof|unread)\.[a-z_.]+)"', text))
    assert len(asked) > 80
    assert asked - {"empty."} - set(words.terms()) == set()


def test_an_entity_nobody_named_is_shown_as_it_is() -> None:
    """A third party's recognizer needs no entry here to appear in a report."""
    assert words.label("KR_RRN") == "KR_RRN"


def test_a_phrase_is_filled_in_as_text() -> None:
    """Braces and tags in a value are text like any other."""
    assert words.phrase("evidence.header", "en", detail="{x}<b>") == "Column name “{x}<b>”"


def _blanks(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name]
