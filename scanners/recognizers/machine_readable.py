"""機械読取領域 (machine-readable zone): the check digit of a field in a passport's two lines.

ICAO Doc 9303-3, 4.9 (https://www.icao.int/publications/doc-series/doc-9303): digits count as they
are, A to Z as 10 to 35, ``<`` as 0; weighed 7, 3, 1 in turn, the sum's last digit is the check.
"""

from __future__ import annotations

_WEIGHTS = (7, 3, 1)


def check_digit(field: str) -> str:
    """Return the check digit of a field, as Doc 9303 shows it.

    >>> check_digit("L898902C3"), check_digit("740812"), check_digit("520727")
    ('6', '2', '3')
    """
    values = (0 if char == "<" else int(char, 36) for char in field)
    return str(sum(value * _WEIGHTS[at % 3] for at, value in enumerate(values)) % 10)
