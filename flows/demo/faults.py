"""What can stop the making of a company; the message is one sentence for its user."""

from __future__ import annotations

from flows.faults import UsageError


class DemoError(UsageError):
    """The company can't be made here, or not so."""
