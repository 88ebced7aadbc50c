"""The made-up company's ``shozai.toml``: its sources, its policy and what it says of its data."""

from __future__ import annotations

import json

from sqlalchemy import URL

from flows.demo.firms import OWN

#: The environment variable that stands for the database's password, which is never written.
PASSWORD = "SHOZAI_DEMO_PASSWORD"  # noqa: S105 - a name, no password

_PLACEHOLDER = "shozai-demo-password"

_HEAD = f"""\
# A made-up company, written by `shozai demo`. Nobody in it exists.

[company]
name = "{OWN.name}"
address = "東京都千代田区神田神保町1-1-1"
representative = "代表取締役 桜堂 一"
url = "https://www.{OWN.host}/"

[desk]
name = "お客様相談室"
telephone = "0120-000-000"
hours = "9:00-17:00"
closed = "土日祝日"

[[policy]]
name = "main"
version = "2024-04"
effective = 2024-04-01
url = "https://www.{OWN.host}/privacy"
fees = {{ disclosure = 1000, purpose = 1000 }}
targets = {{ disclosure = 14, correction = 14, cessation = 14 }}

[[policy]]
name = "recruitment"
version = "2024-04"
effective = 2024-04-01
url = "https://www.{OWN.host}/recruit/privacy"

[[purpose]]
id = "1"
text = "商品の発送、お支払いの確認およびアフターサービスのため"

[[purpose]]
id = "2"
text = "新商品、催事等のご案内のため"

[[purpose]]
id = "3"
text = "アンケートによる商品の改善のため"
kind = "survey"

[[purpose]]
id = "4"
text = "従業者の雇用管理、給与および法定の届出のため"

[[purpose]]
id = "5"
text = "採用選考のため"
policy = "recruitment"

[inventory]
path = "inventory"
"""

_RULES = {
    "crm": (
        ("customers", "customer", "お客様相談室", ("1", "2"), "5y", ""),
        ("orders", "customer", "営業部", ("1",), "7y", ""),
        ("inquiries", "customer", "お客様相談室", ("1",), "3y", ""),
        ("contacts", "contact", "営業部", ("1",), "5y", ""),
        ("employees", "employee", "人事部", ("4",), "", ""),
    ),
    "shop": (
        ("members", "customer", "通販部", ("1", "2"), "5y", ""),
        ("newsletter", "customer", "広報部", ("2",), "", "株式会社かざみどり"),
    ),
    "share": (
        ("/営業/**", "customer", "営業部", ("1", "2"), "5y", ""),
        ("/営業/取引先名簿.xlsx", "contact", "営業部", ("1",), "5y", ""),
        ("/人事/**", "employee", "人事部", ("4",), "", ""),
        ("/人事/応募者/**", "applicant", "人事部", ("5",), "1y", ""),
        ("/データ分析/**", "customer", "情報システム部", ("3",), "1y", ""),
        ("/バックアップ/**", "customer", "情報システム部", ("1",), "", ""),
    ),
}


def settings(database: URL | None = None) -> str:
    """Return the text of the settings; ``database`` is where crm and shop are, if not beside."""
    return "\n".join((_HEAD, *(_source(name, database) for name in _RULES)))


def without_password(database: URL) -> str:
    """Return the URL with a reference to the environment in place of its password.

    >>> from sqlalchemy import make_url
    >>> without_password(make_url("postgresql://me:secret@db.example/crm"))
    'postgresql://me:${SHOZAI_DEMO_PASSWORD}@db.example/crm'
    """
    if database.password:
        database = database.set(password=_PLACEHOLDER)
    if "password" in database.query:
        database = database.update_query_dict({"password": _PLACEHOLDER})
    written = database.render_as_string(hide_password=False)
    return written.replace(_PLACEHOLDER, f"${{{PASSWORD}}}")


def _source(name: str, database: URL | None) -> str:
    schema = database is not None and name != "share"
    lines = ["[[source]]", f'name = "{name}"', f"url = {json.dumps(_url(name, database))}"]
    if schema:
        lines.append(f'include = ["{name}.*"]')
    rules = (_rule(f"{name}." if schema else "", rule) for rule in _RULES[name])
    return "\n".join((*lines, *rules)) + "\n"


def _url(name: str, database: URL | None) -> str:
    if name == "share":
        return "file:share"
    return without_password(database) if database else f"sqlite:///{name}.db"


def _rule(schema: str, rule: tuple[str, str, str, tuple[str, ...], str, str]) -> str:
    match, class_, owner, purposes, retention, contractor = rule
    lines = ["[[source.rule]]", f'match = "{schema}{match}"', f'class = "{class_}"']
    lines += [f'owner = "{owner}"', f"purposes = {json.dumps(purposes)}"]
    lines += [f'retention = "{retention}"'] if retention else []
    lines += [f'contractor = "{contractor}"'] if contractor else []
    return "\n".join(lines)
