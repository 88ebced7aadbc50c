"""Where a secret stands in a URL: it is neither shown nor kept, however it was written."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from flows import url
from flows.faults import UsageError

SECRETS = [
    "postgresql://u:sEcret@h/db",
    "postgresql://u:sEcret@h:5432/db?sslmode=require",
    "postgresql+psycopg://u:sEcret@/db?host=/run",
    "postgresql://:sEcret@h/db",
    "postgresql://u:p%40sEcret@h/db",
    "postgresql://u:p@sEcret/w:sEcret@h/db",
    "postgresql://u:?sEcret#@h/db",
    "postgresql://h/db?user=u&password=sEcret",
    "postgresql://h/db?sslpassword=sEcret&user=u",
    "postgres:/u:sEcret@h/db",
]


def test_examples_are_true() -> None:
    """The examples in the docstrings give what they say."""
    assert doctest.testmod(url).failed == 0


@pytest.mark.parametrize("text", SECRETS)
def test_a_secret_is_not_shown(text: str) -> None:
    """What may be shown tells where, and nothing secret."""
    assert "sEcret" not in url.shown(text)


@pytest.mark.parametrize("text", SECRETS[:-1])
def test_a_secret_is_parted_from_what_is_kept(text: str) -> None:
    """The stand-in filled in again gives the URL as it was."""
    kept, secret = url.without_secret(text, "${X}")
    assert secret
    assert "sEcret" not in kept
    assert kept.replace("${X}", secret) == text


def test_two_secrets_are_one_too_many() -> None:
    """A URL with two can't be kept with one variable."""
    with pytest.raises(UsageError):
        url.without_secret("postgresql://u:a@h/db?password=b", "${X}")


@pytest.mark.parametrize("text", ["/srv/a:b@c", "sqlite:////srv/a:b@c.db", "file:///srv/a:b@c"])
def test_a_path_is_no_secret(text: str) -> None:
    """Colons and ``@`` in a local path are part of it."""
    assert url.without_secret(text, "${X}") == (text, None)
    assert url.shown(text) == text


@pytest.mark.parametrize(
    ("text", "absolute"),
    [
        ("share", "/base/share"),
        ("/srv/share", "/srv/share"),
        ("file:share", "file:///base/share"),
        ("file:///srv/share", "file:///srv/share"),
        ("sqlite:///crm.db", "sqlite:////base/crm.db"),
        ("sqlite:////srv/crm.db", "sqlite:////srv/crm.db"),
        ("postgresql://h/db", "postgresql://h/db"),
    ],
)
def test_local_places_are_relative_to_a_folder(text: str, absolute: str) -> None:
    """A relative path is meant from where its settings lie; what is elsewhere stays."""
    assert url.absolute(text, Path("/base")) == absolute
