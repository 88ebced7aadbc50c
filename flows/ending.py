"""How a command ends: an exit code, and on failure one sentence on stderr."""

from __future__ import annotations

import atexit
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from io import TextIOWrapper
from typing import NoReturn

import typer

from flows.faults import ShozaiError

INTERRUPTED = 130
_INTERRUPTED = "interrupted: the source under way is as it was; those finished before it are new."
_FAILED, _USAGE = 4, 2


def run(app: Callable[..., object]) -> NoReturn:
    """Run a Typer app as the process's command, and end the process with its exit code."""
    _heed_signals()
    code = ending(partial(app, prog_name="shozai", standalone_mode=False))
    if code == INTERRUPTED:
        _leave(code)
    sys.exit(code)


def ending(command: Callable[[], object]) -> int:
    """Run a Typer app (not standalone) and return the exit code its end means."""
    _print_anywhere()
    try:
        return _ended(command())
    except SystemExit as end:
        # Typer ends so, with 1, where whoever read stdout has gone (`| head`): nothing to say.
        return 0 if isinstance(end.__context__, BrokenPipeError) else _ended(end.code)
    except (KeyboardInterrupt, typer.Abort):
        return _ended(INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the last place where a failure can be told
        return _failure(error)


def _leave(code: int) -> NoReturn:
    """End at once, with what was registered to be done at the end.

    A thread still importing Prefect would otherwise be unwound in native code, which aborts
    ("FATAL: exception not rethrown").
    """
    atexit._run_exitfuncs()  # noqa: SLF001 - the only way to run them before os._exit
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)


def _heed_signals() -> None:
    """Let `kill` and a terminal that closes end a command as Ctrl-C does."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


def _print_anywhere() -> None:
    """Let a character that a terminal's encoding lacks be a question mark, not a failure."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _ended(code: object) -> int:
    if code == INTERRUPTED:
        return _say(_INTERRUPTED, INTERRUPTED)
    return code if isinstance(code, int) else 0


def _failure(error: Exception) -> int:
    from connectors.errors import SourceError, Unsupported
    from flows.discreet import place
    from reports import errors

    if hasattr(error, "format_message"):  # one of Typer's, whose classes have no public name
        return _misused(error.format_message(), getattr(error, "ctx", None))
    if isinstance(error, ShozaiError):
        return _say(str(error), error.exit_code)
    if isinstance(error, errors.NotAnInventory | errors.UnknownId | errors.WrongUse):
        return _say(str(error), _USAGE)
    if isinstance(error, errors.KeyRefused | errors.WrongKey | Unsupported):
        return _say(str(error), _USAGE)
    if isinstance(error, SourceError | errors.InventoryError):
        return _say(str(error), _FAILED)
    if os.environ.get("SHOZAI_DEBUG"):
        raise error
    sentence = f"Unexpected {type(error).__name__} at {place(error)}; SHOZAI_DEBUG=1 shows more."
    return _say(sentence, _FAILED)


def _misused(message: str, context: typer.Context | None) -> int:
    if not message:  # no command at all: the help has been shown
        return _USAGE
    command = context.command_path if context else "shozai"
    # An argument too many may be a person's name: it isn't repeated.
    said = message.partition(" (")[0] if "extra argument" in message else message
    sentence = " ".join(said.replace("Value error, ", "").split()).rstrip(".")
    return _say(f"{sentence}: see `{command} --help`.", _USAGE)


def _say(sentence: str, code: int) -> int:
    print(f"shozai: {sentence}", file=sys.stderr)
    return code
