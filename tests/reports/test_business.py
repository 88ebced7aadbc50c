"""What the settings say of a dataset is inherited, each word from the nearest rule."""

from __future__ import annotations

import pytest

from reports.business import Business, Purpose, Rule, SourceTerms, matches


@pytest.mark.parametrize(
    ("pattern", "dataset", "expected"),
    [
        ("customers", "customers", True),
        ("customers", "public.customers", True),
        ("customers*", "public.customers_2026", True),
        ("public.*", "public.customers", True),
        ("crm.*", "public.customers", False),
        ("customers", "old_customers", False),
        ("*.xlsx", "人事/2026/名簿.xlsx", True),
        ("/人事/**", "人事/2026/名簿.xlsx", True),
        ("/人事/*", "人事/2026/名簿.xlsx", False),
        ("人事/*/名簿.xlsx", "人事/2026/名簿.xlsx", True),
        ("/**/名簿.xlsx", "名簿.xlsx", True),
        ("/人事", "人事/名簿.xlsx", False),
        ("[a].csv", "a.csv", False),
        ("売上_*.csv", "売上_*.csv", True),
        ("*.csv", "a.zip!/b.csv", True),
    ],
)
def test_a_pattern_names_tables_and_paths(pattern: str, dataset: str, expected: bool) -> None:
    """Without a slash the last part counts; ``*`` stays within a folder, ``**`` doesn't."""
    assert matches(pattern, dataset) is expected


def test_the_nearest_rule_wins_word_by_word() -> None:
    """A nearer rule that is silent on the owner leaves the farther one's."""
    terms = SourceTerms(
        "share",
        rules=(
            Rule("/人事/採用/**", class_="applicant"),
            Rule("/**", owner="総務部", retention="5年"),
            Rule("/人事/**", owner="人事部", class_="employee"),
        ),
    )
    told = terms.rule("人事/採用/応募.xlsx")
    assert (told.owner, told.class_, told.retention) == ("人事部", "applicant", "5年")


def test_nothing_said_is_nothing_known() -> None:
    """A source that the settings don't name has no owner and no purposes."""
    told = Business().rules([("crm", "customers")])
    assert told == {("crm", "customers"): Rule()}


def test_purposes_are_told_in_words() -> None:
    """Ids become the policy's text; an id without a text stays visible."""
    business = Business(purposes=(Purpose("1", "発送のため"),))
    assert business.purpose_texts(Rule(purposes=("1", "9"))) == ("発送のため", "9")
