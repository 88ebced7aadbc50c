"""``python -m flows`` is ``shozai``."""

from flows.cli import main

main()
