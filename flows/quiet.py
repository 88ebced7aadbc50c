"""Prefect, at home in Shozai's own state folder, silent and private.

Prefect reads its environment when it is first imported, so :func:`settle` comes before that.
Where the user names a server (``PREFECT_API_URL``) that server is used; else an embedded one starts
with the first flow and stops with the process. It reports nothing to anyone.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_EMBEDDED = {
    "PREFECT_LOGGING_LEVEL": "ERROR",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_SERVER_UI_ENABLED": "false",
    # What only schedules need; without them the embedded server starts and stops without noise.
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_FOREMAN_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_REPOSSESSOR_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
}
_ALWAYS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # Shozai says itself what went wrong, in a sentence; Prefect's page has its log.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}


def state_folder() -> Path:
    """Where Shozai keeps what is its own: ``SHOZAI_STATE``, or the user's state folder."""
    named = os.environ.get("SHOZAI_STATE")
    return Path(named) if named else platformdirs.user_state_path("shozai")


def settle() -> None:
    """Set Prefect's environment; what the user set stays, but telemetry is always off."""
    os.environ.update(_ALWAYS)
    home = os.environ.setdefault("PREFECT_HOME", str(state_folder() / "prefect"))
    # Prefect makes the folder but not its parents, and then warns at every import.
    Path(home).mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.environ.get("PREFECT_API_URL"):
        for name, value in _EMBEDDED.items():
            os.environ.setdefault(name, value)
