r"""束 (joined texts): many texts rewritten as one, since a rule costs more to call than to apply.

Texts are joined by U+0000, which no folding composes with and people don't write. A rewriting may
take them so if it

- treats U+0000 as the end of a text: ``(?![^\0])`` where a pattern would say ``$``;
- matches nothing across it and leaves every one of it where it is;
- strips with :func:`strip`.

Then the texts joined and rewritten are the texts rewritten and joined.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

JOINT = "\0"


def each(rewrite: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """Return what ``rewrite`` makes of each text, in their order.

    >>> each(str.upper, ["a", "", "b"])
    ['A', '', 'B']
    """
    joined = JOINT.join(texts)
    if joined.count(JOINT) != len(texts) - 1:  # no texts at all, or one that holds a joint itself
        return [rewrite(text) for text in texts]
    return rewrite(joined).split(JOINT)


def strip(text: str) -> str:
    """Strip each of the texts joined in ``text``; a text alone as ``str.strip`` does."""
    return JOINT.join(map(str.strip, text.split(JOINT)))
