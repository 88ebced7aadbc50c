"""The rights of a file of a share: its security descriptor, read whole and given to another file.

Source: https://learn.microsoft.com/openspecs/windows_protocols/ms-dtyp/ (2.4.6)
"""

from __future__ import annotations

from typing import Any

from connectors.place import Access

#: OWNER, GROUP and DACL_SECURITY_INFORMATION.
_WHAT = 0x1 | 0x2 | 0x4
_DACL = 0x4
_SECURITY = 3
_MOST = 65_536
_READ_CONTROL, _WRITE_DAC = 0x00020000, 0x00040000
_READS = 0x1 | 0x80000000 | 0x10000000
_EVERYONE = frozenset(("S-1-1-0", "S-1-5-11", "S-1-5-7"))
_ALLOWED = 0


def rights(client: Any, path: str, how: dict[str, Any]) -> bytes:
    """Return a file's security descriptor."""
    from smbprotocol.open import SMB2QueryInfoRequest, SMB2QueryInfoResponse

    with _opened(client, path, how, "r", _READ_CONTROL) as raw:
        query = SMB2QueryInfoRequest()
        query["info_type"] = _SECURITY
        query["output_buffer_length"] = _MOST
        query["additional_information"] = _WHAT
        query["file_id"] = raw.fd.file_id
        answer = SMB2QueryInfoResponse()
        answer.unpack(_asked(raw, query))
        return bytes(answer["buffer"].get_value())


def with_rights(client: Any, path: str, how: dict[str, Any], told: bytes) -> None:
    """Give a file the access list of another."""
    from smbprotocol.open import SMB2SetInfoRequest

    with _opened(client, path, how, "r+", _READ_CONTROL | _WRITE_DAC) as raw:
        order = SMB2SetInfoRequest()
        order["info_type"] = _SECURITY
        order["additional_information"] = _DACL
        order["file_id"] = raw.fd.file_id
        order["buffer"] = told
        _asked(raw, order)


def readers(told: bytes) -> Access:
    """Return who may read by a security descriptor; owner and groups are SIDs."""
    from smbprotocol.security_descriptor import SMB2CreateSDBuffer

    found = SMB2CreateSDBuffer()
    found.unpack(told)
    owner, acl = found.get_owner(), found.get_dacl()
    entries = acl["aces"].get_value() if acl is not None else []
    allowed = [str(each["sid"]) for each in entries if _lets_read(each)]
    groups = tuple(dict.fromkeys(one for one in allowed if one not in {str(owner), *_EVERYONE}))
    # Without a list of any kind everyone may do everything.
    everyone = acl is None or any(one in _EVERYONE for one in allowed)
    return Access(str(owner) if owner is not None else None, groups, everyone)


def _lets_read(entry: Any) -> bool:
    if entry["ace_type"].get_value() != _ALLOWED:
        return False
    return bool(entry["mask"].get_value() & _READS)


def _opened(client: Any, path: str, how: dict[str, Any], mode: str, rights_asked: int) -> Any:
    return client.open_file(
        path,
        f"{mode}b",
        buffering=0,
        share_access="rwd",
        desired_access=rights_asked,
        **how,
    )


def _asked(raw: Any, message: Any) -> bytes:
    connection, tree = raw.fd.connection, raw.fd.tree_connect
    request = connection.send(message, tree.session.session_id, tree.tree_connect_id)
    return bytes(connection.receive(request)["data"].get_value())
