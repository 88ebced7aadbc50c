"""How a command ends: an exit code, and on failure one sentence on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from flows.faults import ShozaiError

INTERRUPTED = 130
_FAILED, _USAGE = 4, 2


def ending(command: Callable[[], object]) -> int:
    """Run a Typer app and return the exit code its end means."""
    try:
        command()
    except SystemExit as end:
        return _ended(end.code)
    except KeyboardInterrupt:
        return _ended(INTERRUPTED)
    except BrokenPipeError:
        # Whoever read stdout has gone (`| head`): nothing is left to say, not even at shutdown.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # noqa: BLE001 - the last place where a failure can be told
        return _failure(error)
    return 0


def _ended(code: object) -> int:
    if code == INTERRUPTED:
        return _say("interrupted; the inventory is as it was.", INTERRUPTED)
    return code if isinstance(code, int) else 0


def _failure(error: Exception) -> int:
    from connectors.errors import SourceError
    from flows.discreet import place
    from reports.errors import InventoryError, NotAnInventory, UnknownId, WrongUse

    if isinstance(error, ShozaiError):
        return _say(str(error), error.exit_code)
    if isinstance(error, NotAnInventory | UnknownId | WrongUse):
        return _say(str(error), _USAGE)
    if isinstance(error, SourceError | InventoryError):
        return _say(str(error), _FAILED)
    if os.environ.get("SHOZAI_DEBUG"):
        raise error
    sentence = f"Unexpected {type(error).__name__} at {place(error)}; SHOZAI_DEBUG=1 shows more."
    return _say(sentence, _FAILED)


def _say(sentence: str, code: int) -> int:
    print(f"shozai: {sentence}", file=sys.stderr)
    return code
