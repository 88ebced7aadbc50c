"""A made-up company to try everything on, and the truth about it.

Nobody in it exists: names, addresses, telephones and codes are put together by chance, from a
seed. ``build`` writes databases and files as a real company has them, and beside them
``truth.jsonl``, which says of every person in which place what of theirs stands.
"""

from flows.demo.company import Company, build
from flows.demo.faults import DemoError

__all__ = ["Company", "DemoError", "build"]
