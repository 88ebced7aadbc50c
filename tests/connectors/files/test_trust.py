"""Servers that nobody vouches for are refused, in a sentence that says how to mend it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote

import paramiko
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from connectors.errors import Refused
from connectors.options import Options
from connectors.place import Dataset
from connectors.registry import open_source
from tests.servers import rclone
from tests.servers.sshd import SshServer

pytestmark = [pytest.mark.server, pytest.mark.slow]

_PEM, _PKCS8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8


@pytest.mark.parametrize("known", ["unknown", "changed"])
def test_a_key_of_a_server(ssh_server: SshServer, known: str) -> None:
    """A server whose key is unknown, or another than it was, hears no password."""
    file = ssh_server.notes / "known_hosts"
    other = paramiko.ECDSAKey.generate().get_base64()
    name, kind, _ = file.read_text().split()
    file.write_text(f"{name} {kind} {other}\n" if known == "changed" else "")
    with pytest.raises(Refused) as failure, open_source("far", ssh_server.url()) as source:
        source.check()
    assert "known_hosts" in str(failure.value)
    assert other not in str(failure.value)


@pytest.mark.parametrize("name", ["known_hosts", "key"])
def test_a_file_that_is_not_there(ssh_server: SshServer, name: str) -> None:
    """A file named in the URL that can't be read is told, and not as a server out of reach."""
    (ssh_server.notes / name).unlink()
    with pytest.raises(Refused, match=name), open_source("far", ssh_server.url()) as source:
        source.check()


def test_a_certificate(tmp_path: Path) -> None:
    """S3 is spoken over TLS with a server whose CA is given, and with no other."""
    (tmp_path / "top" / "bucket").mkdir(parents=True)
    (tmp_path / "top" / "bucket" / "a.csv").write_text("番号,氏名\n1,山田太郎\n")
    right, wrong = (_certificate(tmp_path / name) for name in ("right", "wrong"))
    told = (f"--cert={right}", f"--key={right.with_suffix('.key')}")
    with rclone.serving_s3(tmp_path / "top", *told) as server:
        url = server.url("bucket").replace("http:", "https:")
        with open_source("far", url, Options(ca=str(right))) as source:
            assert [one.name for one in source.datasets() if isinstance(one, Dataset)] == ["a.csv"]
        for ca in ("", str(wrong)):
            with (
                pytest.raises(Refused, match="isn't trusted"),
                open_source("far", url, Options(ca=ca)) as source,
            ):
                source.check()
        nowhere = Options(ca=quote(str(tmp_path / "nowhere")))
        with pytest.raises(Refused, match="file of ca"), open_source("far", url, nowhere) as source:
            source.check()


def _certificate(folder: Path) -> Path:
    """Make a key and a certificate that vouches for itself and for this machine."""
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, folder.name)])
    today, here = datetime.now(UTC), x509.IPAddress(ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(1))
        .not_valid_after(today + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    at = folder / "server.pem"
    at.write_bytes(made.public_bytes(_PEM))
    secret = key.private_bytes(_PEM, _PKCS8, serialization.NoEncryption())
    at.with_suffix(".key").write_bytes(secret)
    return at
