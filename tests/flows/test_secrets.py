"""Secrets asked for when a source is opened: RDS tokens, Secrets Manager, files of passwords.

No service of Amazon's is asked here: tokens are signed on this machine, and an HTTP answerer of a
few lines stands for Secrets Manager.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from flows.faults import UsageError
from flows.secrets import ENDPOINT_VARIABLE, passwords, with_secret

HOST = "crm.abc.ap-northeast-1.rds.amazonaws.com"
ARN = "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:crm-AbCdEf"
SECRETS = {
    ARN: json.dumps({"username": "scanner", "password": "p@ss/wörd"}),
    "plain": "only-a-password",
    "odd": "{}",
}


class _Answerer(BaseHTTPRequestHandler):
    """Answers GetSecretValue as the service does, and nothing else."""

    def do_POST(self) -> None:
        """Look the secret up."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["SecretId"]
        known = asked in SECRETS
        refusal = {"__type": "ResourceNotFoundException", "message": "no such secret"}
        answer = json.dumps({"SecretString": SECRETS[asked]} if known else refusal).encode()
        self.send_response(200 if known else 400)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Be an account of Amazon's that doesn't exist."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-a-key")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stand for Secrets Manager."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answerer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv(ENDPOINT_VARIABLE, f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-northeast-1")
    yield
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("scheme", "port"), [("postgresql", 5432), ("mysql", 3306)])
def test_a_token_is_signed_for_the_host_and_the_user(scheme: str, port: int) -> None:
    """The password becomes a request to connect, signed for 15 minutes; all else stays."""
    parts = urlsplit(with_secret(f"{scheme}://scan%20ner@{HOST}/crm?a=b", "rds-iam"))
    token = unquote(parts.password or "")
    signed = urlsplit(f"https://{token}")
    asked = {key: value for key, (value,) in parse_qs(signed.query).items()}
    assert (parts.username, parts.hostname, parts.path, parts.query) == (
        "scan%20ner",
        HOST,
        "/crm",
        "a=b",
    )
    assert (signed.hostname, signed.port) == (HOST, port)
    assert (asked["Action"], asked["DBUser"], asked["X-Amz-Expires"]) == (
        "connect",
        "scan ner",
        "900",
    )
    assert "/ap-northeast-1/rds-db/aws4_request" in asked["X-Amz-Credential"]
    assert len(asked["X-Amz-Signature"]) == 64


def test_a_region_may_be_named() -> None:
    """Behind a name of one's own, the settings say the region."""
    url = with_secret("postgresql://u@db.example/crm", "rds-iam:eu-west-1")
    assert "%2Feu-west-1%2Frds-db" in unquote(url)


def test_no_region_is_told() -> None:
    """Where nothing tells the region, one sentence says so."""
    with pytest.raises(UsageError, match=r"No secret for db\.example \(NoRegionError\)"):
        with_secret("postgresql://u@db.example/crm", "rds-iam")


@pytest.mark.usefixtures("manager")
def test_user_and_password_come_from_the_secret() -> None:
    """JSON holds both, as the service's own rotation keeps them; plain text is a password."""
    url = with_secret("postgresql://db.example:5433/crm", f"secretsmanager:{ARN}")
    assert url == "postgresql://scanner:p%40ss%2Fw%C3%B6rd@db.example:5433/crm"
    url = with_secret("mysql://scanner@db.example/crm", "secretsmanager:plain")
    assert url == "mysql://scanner:only-a-password@db.example/crm"


@pytest.mark.usefixtures("manager")
@pytest.mark.parametrize(
    ("name", "told"), [("nope", "ResourceNotFoundException"), ("odd", "has no password")]
)
def test_a_secret_that_is_not_there_is_told(name: str, told: str) -> None:
    """It is told by its name, in one sentence."""
    with pytest.raises(UsageError, match=told):
        with_secret("postgresql://db.example/crm", f"secretsmanager:{name}")


def test_a_url_without_secret_stays() -> None:
    """Nothing is asked of anyone."""
    assert with_secret("sqlite:///crm.db", "") == "sqlite:///crm.db"


def test_passwords_are_a_line_each(tmp_path: Path) -> None:
    """Blanks within count, empty lines don't."""
    path = tmp_path / "passwords"
    path.write_text("秘密\n\n two words \n", encoding="utf-8")
    path.chmod(0o600)
    assert passwords(path) == ("秘密", " two words ")


def test_passwords_that_others_can_read_are_refused(tmp_path: Path) -> None:
    """The file is the owner's alone, or the scan doesn't begin; no password is told."""
    path = tmp_path / "passwords"
    path.write_text("geheim\n")
    path.chmod(0o640)
    with pytest.raises(UsageError, match="chmod 600") as told:
        passwords(path)
    assert "geheim" not in str(told.value)
    with pytest.raises(UsageError, match="No such file"):
        passwords(tmp_path / "nope")
