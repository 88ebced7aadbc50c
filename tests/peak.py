"""The most memory that this process has held, whatever the one it was forked from held."""

from __future__ import annotations

from pathlib import Path


def peak() -> int:
    """Return it in bytes (Linux's ``VmHWM``; ``ru_maxrss`` remembers the parent's)."""
    held = Path("/proc/self/status").read_text(encoding="ascii")
    return int(held.partition("VmHWM:")[2].split()[0]) * 1024
