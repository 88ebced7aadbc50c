"""What can stop the making of a company; the message is one sentence for its user."""

from __future__ import annotations


class DemoError(ValueError):
    """The company can't be made here, or not so."""
