"""What the settings say of the company and its sources, as reports print it."""

from __future__ import annotations

from flows.settings import Settings
from flows.source_settings import Rule, SourceSettings
from flows.url import shown
from reports import business
from reports.business import Business


def of(settings: Settings) -> Business:
    """Return the settings' words for reports; no secret is among them."""
    return Business(
        company=business.Company(**settings.company.model_dump()),
        desk=business.Desk(**settings.desk.model_dump()),
        policies=tuple(
            business.Policy(one.name, one.version, one.effective, one.url)
            for one in settings.policy
        ),
        purposes=tuple(business.Purpose(one.id, one.text) for one in settings.purpose),
        sources=tuple(_source(one) for one in settings.source),
        places=tuple(business.ManualPlace(**one.model_dump()) for one in settings.place),
    )


def _source(one: SourceSettings) -> business.SourceTerms:
    url = shown(one.url.get_secret_value())
    rules = tuple(_rule(rule) for rule in one.rule)
    return business.SourceTerms(one.name, url, one.on_behalf_of, one.retained, rules)


def _rule(rule: Rule) -> business.Rule:
    return business.Rule(**rule.model_dump())
