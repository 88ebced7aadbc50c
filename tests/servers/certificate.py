"""Certificates for servers of tests: an authority that nobody knows, and what it signs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


class Authority:
    """Signs certificates; ``path`` is the file that whoever trusts it is given."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.path = folder / f"{name}.pem"
        own = self._signed(self._name, self._key, x509.BasicConstraints(ca=True, path_length=0))
        self.path.write_bytes(own)

    def certify(self, host: str) -> tuple[Path, Path]:
        """Write a certificate for one host's name or number, and its key; return both files."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        called = x509.SubjectAlternativeName([_called(host)])
        files = self._folder / f"{host}.crt", self._folder / f"{host}.key"
        files[0].write_bytes(self._signed(name, key, called))
        plain = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        files[1].write_bytes(key.private_bytes(*plain))
        files[1].chmod(0o600)
        return files

    def _signed(
        self, name: x509.Name, key: ec.EllipticCurvePrivateKey, more: x509.ExtensionType
    ) -> bytes:
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder().subject_name(name).issuer_name(self._name)
        builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(now - timedelta(days=1))
        builder = builder.not_valid_after(now + timedelta(days=1))
        builder = builder.add_extension(more, critical=isinstance(more, x509.BasicConstraints))
        return builder.sign(self._key, SHA256()).public_bytes(Encoding.PEM)


def _called(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
