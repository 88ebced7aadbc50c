"""Certificates for servers of the tests: an authority nobody else trusts, and what it signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, slots=True)
class Certificates:
    """Files in PEM: an authority's certificate, a server's with its key, another authority's."""

    ca: Path
    certificate: Path
    key: Path
    stranger: Path


def made(folder: Path, address: str = "127.0.0.1") -> Certificates:
    """Write them into a folder; the server's is for one address or name, and no other."""
    paths = (folder / f"{one}.pem" for one in ("ca", "server", "server-key", "stranger"))
    found = Certificates(*paths)
    authority, stranger, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    for path, owner, name in ((found.ca, authority, "ours"), (found.stranger, stranger, "theirs")):
        path.write_bytes(_pem(_begun(name, owner, name, authority=True), owner))
    server = _begun(address, key, "ours", authority=False).add_extension(
        x509.SubjectAlternativeName([_called(address)]), critical=False
    )
    found.certificate.write_bytes(_pem(server, authority))
    found.key.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())  # as MariaDB reads it
    )
    return found


def _begun(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: str, *, authority: bool
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    constraints = x509.BasicConstraints(ca=authority, path_length=None)
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(constraints, critical=True)
    )


def _called(address: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(address))
    except ValueError:
        return x509.DNSName(address)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _pem(builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey) -> bytes:
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
