"""How a source is read: what of it, how gently, and with which keys."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Options:
    """What the settings of a source say of its reading; no ``repr``: it holds secrets.

    ``digest_key`` keys the names of rows that have no key, and versions. ``include`` and
    ``exclude`` are patterns over datasets' names. ``statement_timeout`` is in seconds,
    of a statement or of a file server's answer;
    ``connections`` are open at once in this process; ``snapshot`` is the name of a moment to read
    (:meth:`~connectors.base.Source.snapshot`). Of each partition at most ``sample`` records are
    read, if it is given, and what that misses is told. ``passwords`` are tried on what is locked;
    ``ocr`` reads images; ``ca`` is a file of certificates to trust.
    """

    digest_key: bytes = b""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    statement_timeout: float | None = None
    connections: int = 2
    snapshot: str = ""
    sample: int | None = None
    passwords: tuple[str, ...] = ()
    ocr: bool = False
    ca: str = ""


#: Everything, as it comes.
PLAIN = Options()
