"""Secrets that are asked for when a source is opened, and files of passwords.

Amazon RDS takes instead of a password a token that is good for 15 minutes, signed by this account
on this machine (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html).
Secrets Manager keeps user and password as JSON. The account is whatever botocore finds: variables,
profile or role. What is asked for stays in memory.
"""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from flows.faults import UsageError

#: Stands for Secrets Manager elsewhere: a private endpoint, a test.
ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL_SECRETS_MANAGER"
_ARN = re.compile(r"arn:[\w-]+:secretsmanager:[\w-]+:")
_PORTS = {"postgresql": 5432, "postgres": 5432, "mysql": 3306, "mariadb": 3306}


def with_secret(url: str, secret: str) -> str:
    """Return a URL with the user and password that ``secret`` leads to; as it is without one."""
    kind, _, which = secret.partition(":")
    if not kind:
        return url
    parts = urlsplit(url)
    if kind == "rds-iam":
        return _with(url, unquote(parts.username or ""), _token(url, which))
    user, password = _kept(which)
    return _with(url, user or unquote(parts.username or ""), password)


def passwords(path: Path) -> tuple[str, ...]:
    """Read a file of passwords, one a line; refuse one that others can read."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise UsageError(f"{path} can be read by others: chmod 600 {path}.")
            lines = file.read().splitlines()
    except OSError as error:
        raise UsageError(
            f"{path} can't be read ({error.strerror}): check passwords_file."
        ) from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} isn't UTF-8: save it as UTF-8.") from None
    return tuple(line for line in lines if line)


def _with(url: str, user: str, password: str) -> str:
    parts = urlsplit(url)
    where = parts.netloc.rpartition("@")[2]
    netloc = f"{quote(user, safe='')}:{quote(password, safe='')}@{where}"
    return urlunsplit(parts._replace(netloc=netloc))


def _token(url: str, region: str) -> str:
    """Sign a token; nothing is asked of anyone."""
    from botocore.exceptions import BotoCoreError
    from botocore.session import Session

    parts = urlsplit(url)
    host, user = parts.hostname or "", unquote(parts.username or "")
    port = parts.port or _PORTS.get(parts.scheme.partition("+")[0], 5432)
    try:
        client = Session().create_client("rds", region or _region(host) or None)
        return str(client.generate_db_auth_token(host, port, user))
    except BotoCoreError as error:
        raise _refused(host, error) from None


def _region(host: str) -> str:
    """Return the region in ``crm.abc.ap-northeast-1.rds.amazonaws.com``."""
    head, amazon, _ = host.partition(".rds.amazonaws.com")
    return head.rpartition(".")[2] if amazon else ""


def _kept(which: str) -> tuple[str, str]:
    """Ask Secrets Manager for a user and a password."""
    from botocore.exceptions import BotoCoreError, ClientError
    from botocore.session import Session

    region = which.split(":")[3] if _ARN.match(which) else None
    endpoint = os.environ.get(ENDPOINT_VARIABLE)
    try:
        client = Session().create_client("secretsmanager", region, endpoint_url=endpoint)
        text = client.get_secret_value(SecretId=which)["SecretString"]
    except (BotoCoreError, ClientError, KeyError) as error:
        raise _refused(which, error) from None
    return _parsed(which, text)


def _parsed(which: str, text: str) -> tuple[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return "", text
    if not isinstance(found, dict):
        return "", text
    if "password" not in found:
        raise UsageError(f"The secret {which} has no password: give it user name and password.")
    return str(found.get("username", "")), str(found["password"])


def _refused(what: str, error: Exception) -> UsageError:
    answer = getattr(error, "response", {}).get("Error", {}).get("Code", "")
    kind = answer or type(error).__name__
    return UsageError(f"No secret for {what} ({kind}): check this account's rights and region.")
