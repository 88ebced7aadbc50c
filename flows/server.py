"""The Prefect server that flows report to: the user's (``PREFECT_API_URL``), or an embedded one.

The embedded one takes some seconds to start, so it starts beside the survey.
"""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Thread
from typing import Any

from flows.faults import ShozaiError
from flows.quiet import settle, state_folder
from flows.url import shown


class NoServer(ShozaiError):
    """There is no Prefect server to report to."""


class Starting:
    """A server on its way; a failure is kept until somebody waits for it."""

    def __init__(self) -> None:
        self._fault: ShozaiError | None = None
        self._thread = Thread(target=self._run, name="prefect", daemon=True)

    def begin(self) -> None:
        """Begin; the user's server is asked at once, as there is nothing to wait for."""
        self._thread.start()
        if os.environ.get("PREFECT_API_URL"):
            self.wait()

    def wait(self) -> None:
        """Wait until the server answers; raise :class:`NoServer` if it won't."""
        self._thread.join()
        if self._fault:
            raise self._fault

    def _run(self) -> None:
        try:
            _start()
        except ShozaiError as error:
            self._fault = error
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self._fault = NoServer(
                f"Can't keep state in {state_folder()} ({reason}): name a folder of yours in "
                "SHOZAI_STATE."
            )
        except Exception as error:  # noqa: BLE001 - a thread's failure would only be printed
            self._fault = NoServer(
                f"Prefect doesn't start ({type(error).__name__}): SHOZAI_DEBUG=1 shows more."
            )


def _start() -> None:
    settle()
    from prefect.settings import get_current_settings

    url = get_current_settings().api.url
    if url is None:
        _embedded().start()
    else:
        _ask(url)


def _ask(url: str) -> None:
    from prefect.client.orchestration import get_client

    try:
        with get_client(sync_client=True) as client:
            fault = client.api_healthcheck()
    except Exception as error:  # noqa: BLE001 - a URL that is none, a proxy that isn't there…
        fault = error
    if fault:
        raise NoServer(
            f"No Prefect server answers at {shown(url)} ({type(fault).__name__}): start it, or "
            "unset PREFECT_API_URL to use an embedded one."
        )


def _embedded() -> Any:
    """Return Prefect's own embedded server, started by our command instead of its own.

    Prefect's client asks the class for the instance that runs, and is given this one.
    """
    from prefect.server.api.server import SubprocessASGIServer
    from prefect.settings import get_current_settings

    class Embedded(SubprocessASGIServer):
        def _run_uvicorn_command(self) -> subprocess.Popen[Any]:
            told = None if os.environ.get("SHOZAI_DEBUG") else subprocess.DEVNULL
            ours = {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
            settings = get_current_settings().to_environment_variables(exclude_unset=True)
            return subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-P", "-m", "flows.embedded", str(self.port), str(os.getpid())],
                env={**os.environ, **ours, **settings},
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=told,
                process_group=0,
            )

    return Embedded()
