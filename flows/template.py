"""The ``shozai.toml`` that ``shozai init`` writes: an example with what to replace marked."""

from __future__ import annotations

from pathlib import Path

from flows.faults import UsageError
from flows.settings import load
from reports.token import new_key_file

#: What a letter must not go out with.
PLACEHOLDER = "要記入"

_HEAD = f"""\
# Shozai: where each person's data lies. What is marked {PLACEHOLDER} is yours to fill in; a letter
# that still holds it is refused. ${{NAME}} is taken from the environment: keep passwords there.

[company]                                # printed in reports and letters
name = "{PLACEHOLDER}"
address = "{PLACEHOLDER}"
representative = "{PLACEHOLDER}"
url = ""

[desk]                                   # where people ask (個人情報相談窓口)
name = "{PLACEHOLDER}"
telephone = "{PLACEHOLDER}"
hours = "9:00-17:00"
closed = "土・日・祝日"

[[policy]]                               # a privacy policy in force
name = "main"
version = "1"
# effective = 2026-04-01
fees = {{ disclosure = 1000, purpose = 1000 }}   # yen, tax included
targets = {{ answer = 14 }}                # days: a target of the policy, no legal deadline

[[purpose]]                              # the purposes of use, word for word as published
id = "1"
text = "{PLACEHOLDER}"

[inventory]
path = "inventory"                       # a folder; the data themselves are never in it
key_file = "shozai.key"                  # or the variable SHOZAI_KEY; keep a copy elsewhere
"""

_EXAMPLE = """
# [[source]]                             # a database, read with an account that can't write
# name = "crm"
# url = "postgresql://scanner:${CRM_PASSWORD}@db.example/crm"
# read_url = ""                           # a replica: scans read there instead
# write_url = ""                          # another account, only for approved requests
# secret = "rds-iam"                      # or "secretsmanager:ARN": no password in the url
# ca = "rds-ca.pem"                       # certificates to trust; else the system's
# include = ["public.*"]
# sample = 10000                          # only so many records of each table; told in coverage
# [source.load]
# rows_per_second = 20000
# connections = 2                         # at once
# statement_timeout = 600                 # seconds
# hours = "22:00-06:00"                   # Asia/Tokyo
# [[source.rule]]                        # what is known of tables; the nearest rule wins
# match = "customers*"
# class = "customer"                     # customer, contact, employee, applicant
# owner = "営業部"
# purposes = ["1"]
# retention = "5y"

# [[source]]                             # a folder, with everything below it
# name = "share"
# url = "file:///srv/share"
# exclude = ["*.bak"]
# passwords_file = "passwords.txt"        # one a line, mode 0600: tried on ZIP, Office and PDF
# ocr = true                              # read images with tesseract
# Other stores of files differ in their url alone:
# url = "s3://bucket/prefix?region=ap-northeast-1"                  # keys of the environment
# url = "s3://KEY:${SECRET}@bucket?endpoint_url=https://s3.example"  # a server of your own
# url = "sftp://scanner:${PASSWORD}@files.example/srv?known_hosts=known_hosts"
# url = "smb://DOMAIN;scanner:${PASSWORD}@files.example/share/folder"
"""


def write(config: Path, sources: str = _EXAMPLE) -> list[Path]:
    """Write settings and a key file (mode 0600), never over what is there; return what was written.

    Where there are settings but no key yet, only the key is written.
    """
    if config.exists():
        return [_missing_key(config)]
    try:
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text(_HEAD + sources, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"Can't write {config} ({error.strerror}): name a place of yours with --config."
        ) from None
    return [config, key_beside(config)]


def key_beside(config: Path) -> Path:
    """Write a new key file beside the settings, unless there is one; return its path."""
    key = config.parent / "shozai.key"
    if not key.exists():
        new_key_file(key)
    return key


def _missing_key(config: Path) -> Path:
    settings = load(config, secrets=False)
    key = settings.folder / settings.inventory.key_file
    if key.exists():
        raise UsageError(f"{config} is there already: edit it, or name another with --config.")
    if settings.inventory_path.exists():
        raise UsageError(
            f"{key} is gone, and {settings.inventory_path} was written under it: put its copy "
            "back, or remove the inventory and run `shozai init` again."
        )
    new_key_file(key)
    return key


def source(name: str, url: str) -> str:
    """Return the lines of one source."""
    quoted = url.replace("\\", "\\\\").replace('"', '\\"')
    return f'\n[[source]]\nname = "{name}"\nurl = "{quoted}"\n'
