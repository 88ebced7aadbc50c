"""In one sentence why a server of MySQL or MariaDB can't be used, or why it stopped answering.

What server or driver say is never passed on: it may quote a secret or a row.
Codes of errors: https://mariadb.com/kb/en/mariadb-error-code-reference/.
"""

from __future__ import annotations

import ssl

from connectors.errors import Refused, SourceError, Unreachable

#: Our own numbers beside the server's: it fell silent; the connection is lost; the process that
#: reads can't start, or was ended; nobody waits for what is read any more.
STALLED, LOST, UNSTARTED, ENDED, STOPPED = -1, 2013, -2, -3, -4

_REFUSALS: dict[int, tuple[type[SourceError], str]] = {
    1045: (Refused, "refuses the user: wrong password or no such user; check ${…} in the url"),
    1698: (Refused, "refuses the user: its account logs in without a password, but not so"),
    1044: (Refused, "doesn't let this account into the database: grant it SELECT there"),
    1049: (Refused, "has no such database: check the end of the url"),
    1130: (Refused, "doesn't let this machine in: create the account for this host"),
    1820: (Refused, "wants the account's password changed first"),
    1862: (Refused, "wants the account's password changed first: it has expired"),
    4151: (Refused, "has locked the account: unlock it"),
    3118: (Refused, "has locked the account: unlock it"),
    1040: (Unreachable, "has no connection free: try again later"),
    1203: (Unreachable, "has no connection free for this account: try again later"),
    1226: (Unreachable, "lets this account do no more for now: try again later"),
    2026: (Refused, "offers no TLS: let it, or leave out the setting ca and ?ssl=true"),
    3159: (Refused, "takes only TLS: set ca, or add ?ssl=true to the url"),
    STALLED: (Unreachable, "doesn't answer: check host, port and what lies between"),
}
_ONLY_TLS = "refuses the user: wrong password, no such user, or it takes only TLS (set ca)"
_NO_CA = "isn't tried: the file of the setting ca can't be read, or holds no certificate in PEM"
_OTHER_NAME = "has a certificate for another name: write in the url the name that it is for"
_NOT_TRUSTED = "has a certificate that the setting ca doesn't vouch for: give its authority's file"
_NO_TLS = "can't agree on TLS: check its certificate and the setting ca"
#: OpenSSL's numbers: the host's name isn't the certificate's, or its address isn't.
_MISMATCHES = (62, 64)
_OTHERWISE = "can't be reached: check host and port in the url and that the server runs"

BREAKS: dict[int, str] = {
    1142: "permission denied: grant SELECT to this account",
    1143: "permission denied: grant SELECT on all its columns to this account",
    1044: "permission denied: grant SELECT to this account",
    1045: "permission denied: grant SELECT to this account",
    1227: "permission denied: grant SELECT to this account",
    1449: "the account that defines the view is gone: mend the view, or exclude it",
    1356: "its definition refers to what isn't there or may not be read: mend or drop it",
    1146: "changed while it was read: scan again",
    1054: "changed while it was read: scan again",
    1412: "changed while it was read: scan again",
    1205: "locked by another session for more than a minute: scan again later",
    1969: "cancelled by the server: it ran too long",
    3024: "cancelled by the server: it ran too long",
    1317: "cancelled by the server",
    1242: "the view's own query fails on some row: mend the view, or exclude it",
    1690: "the view's own query fails on some row: mend the view, or exclude it",
    1366: "the view's own query fails on some row: mend the view, or exclude it",
    126: "is damaged: run CHECK TABLE",
    145: "is damaged: run CHECK TABLE",
    1194: "is damaged: run CHECK TABLE",
    1030: "the server's disk or engine fails: look into its log",
    1021: "the server ran out of space",
    3: "the server ran out of space",
    STALLED: "the server fell silent in the middle: scan again",
    UNSTARTED: "the process that reads it can't start: install connectorx and pyarrow anew",
    ENDED: "the process that reads it was ended, perhaps for want of memory: scan again",
    STOPPED: "its reading was stopped: scan again",
    2006: "the connection was lost: scan again",
    2013: "the connection was lost: scan again",
    1927: "the connection was killed: scan again",
    1053: "the connection was lost: the server is stopping",
}
_DENIED = 1045


class Broken(Exception):
    """An answer that ended before its end; ``number`` is the server's of its error, or ours."""

    def __init__(self, number: int) -> None:
        super().__init__(f"error {number}")
        self.number = number


def refusal(error: BaseException, where: str, *, ca: str, tls: bool) -> SourceError:
    """Turn a failure to connect into one of ours; ``tls`` is whether the wire is safe already."""
    if words := _distrust(error, ca):
        return Refused(f"MySQL or MariaDB at {where} {words}.")
    number = code(error)
    kind, words = _REFUSALS.get(number, (Unreachable, _OTHERWISE))
    if number == _DENIED and not tls:
        words = _ONLY_TLS
    return kind(f"MySQL or MariaDB at {where} {words}.")


def code(error: BaseException | None) -> int:
    """Return the server's or driver's number of an error; 0 where it has none."""
    if error and isinstance(error.__context__, TimeoutError):
        return STALLED
    first = error.args[0] if error and error.args else 0
    return first if isinstance(first, int) else 0


def reason(number: int) -> str:
    """Tell in our own words why reading stopped."""
    said = f" (error {number})" if number else ""
    return BREAKS.get(number, f"the server gave up reading it{said}")


def _distrust(error: BaseException, ca: str) -> str:
    """Tell what is wrong with certificates, if that is it."""
    cause = getattr(error, "original_exception", None)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return _OTHER_NAME if cause.verify_code in _MISMATCHES else _NOT_TRUSTED
    if isinstance(cause, ssl.SSLError):
        return _NO_TLS
    # What the driver didn't meet on the way it met before: it reads the file first.
    return _NO_CA if ca and isinstance(error, OSError) else ""
