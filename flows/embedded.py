"""The embedded Prefect server's process: it ends with the command that started it, however it ends.

It stands in a process group of its own, so that Ctrl-C reaches the command alone: a flow that is
interrupted can still tell its end, and the command then stops the server. Where the command was
killed outright, the server notices that its parent has gone.
"""

from __future__ import annotations

import os
import sys
import time
from threading import Thread

import uvicorn

_APP = "prefect.server.api.server:create_app"
#: What Prefect takes for "this port is taken: try another" (uvicorn's own exit code).
_NOT_STARTED = 3
_LOOKS_EVERY_SECONDS = 1.0


def main(port: int, parent: int) -> int:
    """Serve on 127.0.0.1 until told to stop, or until the process ``parent`` has gone."""
    config = uvicorn.Config(
        _APP, factory=True, host="127.0.0.1", port=port, log_level="error", lifespan="on"
    )
    server = uvicorn.Server(config)
    Thread(target=_follow, args=(server, parent), daemon=True).start()
    server.run()
    return 0 if server.started else _NOT_STARTED


def _follow(server: uvicorn.Server, parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOKS_EVERY_SECONDS)
    server.should_exit = server.force_exit = True


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
