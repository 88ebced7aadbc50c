"""Who can open an object of S3: the bucket's ACL, policy and public access block, the object's ACL.

What the account may not ask stays unknown. Source:
https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from connectors.errors import SourceError
from connectors.files.hindered import Hindered
from connectors.place import Access

Ask = Callable[..., dict[str, Any]]

_ALL = "http://acs.amazonaws.com/groups/global/AllUsers"
_ACCOUNTS = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
_READING = frozenset(("READ", "FULL_CONTROL"))
_ENFORCED = "BucketOwnerEnforced"


@dataclass(frozen=True, slots=True)
class _Bucket:
    owner: str | None
    groups: tuple[str, ...]
    everyone: bool | None
    public: bool | None
    has_object_acls: bool
    ignores_acls: bool


class BucketAccess:
    """Asks each bucket once."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._buckets: dict[str, _Bucket] = {}

    def of(self, bucket: str, key: str) -> Access:
        """Return who can open an object."""
        if bucket not in self._buckets:
            self._buckets[bucket] = self._asked(bucket)
        found = self._buckets[bucket]
        everyone, public, groups = found.everyone, found.public, found.groups
        if found.has_object_acls and not found.ignores_acls:
            acl = self._try("get_object_acl", Bucket=bucket, Key=key)
            everyone, public = (
                _or(everyone, _granted(acl, _ACCOUNTS)),
                _or(public, _granted(acl, _ALL)),
            )
            groups += tuple(each for each in _named(acl) if each not in groups)
        return Access(found.owner, groups, everyone, public)

    def _asked(self, bucket: str) -> _Bucket:
        acl = self._try("get_bucket_acl", Bucket=bucket)
        block = self._block(bucket)
        policy = self._policy(bucket)
        controls = self._try("get_bucket_ownership_controls", Bucket=bucket) or {}
        rules = controls.get("OwnershipControls", {}).get("Rules", [])
        public = _policy_is_public(policy)
        if block.get("RestrictPublicBuckets"):
            public = False
        owner = (acl or {}).get("Owner", {})
        return _Bucket(
            owner=owner.get("DisplayName") or owner.get("ID"),
            groups=tuple(_principals(policy)),
            everyone=public,
            public=public,
            has_object_acls=not any(rule.get("ObjectOwnership") == _ENFORCED for rule in rules),
            ignores_acls=bool(block.get("IgnorePublicAcls")),
        )

    def _block(self, bucket: str) -> dict[str, Any]:
        found = self._try("get_public_access_block", Bucket=bucket) or {}
        return dict(found.get("PublicAccessBlockConfiguration", {}))

    def _policy(self, bucket: str) -> list[dict[str, Any]] | None:
        """Return the policy's statements, none where there is no policy, ``None`` if unknown."""
        try:
            text = self._ask("get_bucket_policy", Bucket=bucket)["Policy"]
            found = json.loads(text).get("Statement", [])
        except FileNotFoundError:
            return []
        except (OSError, SourceError, Hindered, ValueError, KeyError):
            return None  # a server that knows no policies may answer anything
        return found if isinstance(found, list) else [found]

    def _try(self, method: str, **values: str) -> dict[str, Any] | None:
        try:
            return self._ask(method, **values)
        except (OSError, SourceError, Hindered):
            return None


def _policy_is_public(statements: list[dict[str, Any]] | None) -> bool | None:
    """Tell whether a policy lets anyone read; one with a condition may: unknown."""
    if statements is None:
        return None
    open_ones = [each for each in statements if _lets_read(each) and "*" in _who(each)]
    if any(not each.get("Condition") for each in open_ones):
        return True
    return None if open_ones else False


def _lets_read(statement: dict[str, Any]) -> bool:
    action = statement.get("Action", [])
    actions = [action] if isinstance(action, str) else action
    reading = {"*", "s3:*", "s3:get*", "s3:getobject", "s3:getobject*"}
    return statement.get("Effect") == "Allow" and any(one.lower() in reading for one in actions)


def _who(statement: dict[str, Any]) -> list[str]:
    principal = statement.get("Principal", [])
    if isinstance(principal, str):
        return [principal]
    listed = principal.get("AWS", []) if isinstance(principal, dict) else []
    return [listed] if isinstance(listed, str) else list(listed)


def _principals(statements: list[dict[str, Any]] | None) -> Iterator[str]:
    seen: dict[str, None] = {}
    for statement in statements or []:
        if _lets_read(statement):
            seen.update(dict.fromkeys(one for one in _who(statement) if one != "*"))
    yield from seen


def _granted(acl: dict[str, Any] | None, group: str) -> bool | None:
    if acl is None:
        return None
    return any(
        grant.get("Grantee", {}).get("URI") == group and grant.get("Permission") in _READING
        for grant in acl.get("Grants", [])
    )


def _named(acl: dict[str, Any] | None) -> Iterator[str]:
    """Yield accounts beside the owner that an ACL lets read."""
    owner = (acl or {}).get("Owner", {}).get("ID")
    for grant in (acl or {}).get("Grants", []):
        grantee = grant.get("Grantee", {})
        if grantee.get("ID") not in {None, owner} and grant.get("Permission") in _READING:
            yield str(grantee.get("DisplayName") or grantee["ID"])


def _or(one: bool | None, other: bool | None) -> bool | None:
    if one or other:
        return True
    return None if one is None or other is None else False
