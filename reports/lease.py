"""A lease: the right to scan one source, which expires unless it is renewed.

A small JSON file in the inventory says who holds it, since when and until when. A process that
died on this machine holds nothing any more; one on another machine does until its lease is over.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from filelock import FileLock

from reports.errors import ScanRunning

#: A lease is renewed every third of this.
LASTS = timedelta(minutes=10)
_SHOWN_IN = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lease. Times are ISO 8601 in UTC."""

    who: str
    host: str
    process: int
    since: str
    until: str
    scan_id: str

    def alive(self, now: datetime) -> bool:
        """Tell whether the holder still has it."""
        here = self.host == socket.gethostname()
        return datetime.fromisoformat(self.until) > now and (not here or _runs(self.process))


class Lease:
    """Holds the lease of ``source`` while in its ``with`` block, renewing it in the background."""

    def __init__(self, folder: Path, source: str, name: str, scan_id: str, who: str = "") -> None:
        self._path = folder / f"{name}.json"
        self._lock = FileLock(folder / f"{name}.lock", timeout=10)
        self._source, self._scan_id = source, scan_id
        self._who = who or getpass.getuser()
        self._since = datetime.now(UTC)
        self._over = Event()
        self._renewer = Thread(target=self._renew, name="lease", daemon=True)

    def __enter__(self) -> Self:
        with self._lock:
            holder = self._holder()
            if holder and holder.alive(datetime.now(UTC)):
                raise ScanRunning(_refusal(self._source, holder))
            self._write()
        self._renewer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._renewer.join()
        with self._lock:
            if self.held():
                self._path.unlink(missing_ok=True)

    def held(self) -> bool:
        """Tell whether the lease is still ours."""
        holder = self._holder()
        return holder is not None and holder.scan_id == self._scan_id

    def _holder(self) -> Holder | None:
        try:
            return Holder(**json.loads(self._path.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def _write(self) -> None:
        holder = Holder(
            who=self._who,
            host=socket.gethostname(),
            process=os.getpid(),
            since=self._since.isoformat(),
            until=(datetime.now(UTC) + LASTS).isoformat(),
            scan_id=self._scan_id,
        )
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(holder)), encoding="utf-8")
        fresh.replace(self._path)

    def _renew(self) -> None:
        while not self._over.wait(LASTS.total_seconds() / 3):
            with self._lock:
                if self.held():
                    self._write()


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _refusal(source: str, holder: Holder) -> str:
    since = datetime.fromisoformat(holder.since).astimezone(_SHOWN_IN)
    return (
        f"{holder.who} is scanning {source} on {holder.host} (process {holder.process}) "
        f"since {since:%Y-%m-%d %H:%M}: wait until that scan ends, or stop it."
    )
