"""A tier says how sure it is that a record is somebody's: 確実, おそらく, もしかすると, 食い違い.

* *certain*: a unique identifier, or a chain of them over declared or confirmed links;
* *probable*: name + birth date, name + telephone or name + address in one record, or a link that
  was discovered and nobody confirmed yet;
* *possible*: one weak or shared identifier alone;
* *conflict*: reached, but the record's own birth date or full name differs.

A match's tier is the weakest step from the request.
"""

from __future__ import annotations

from enum import IntEnum

from scanners.finding import Entity


class Tier(IntEnum):
    """From the surest down, so that the weakest of several is their maximum."""

    CERTAIN = 0
    PROBABLE = 1
    POSSIBLE = 2
    CONFLICT = 3

    @property
    def word(self) -> str:
        """The word in answers."""
        return self.name.lower()


#: What together with a name in one record makes it probably the person's.
BESIDE_NAME = frozenset(
    {
        Entity.DATE_OF_BIRTH,
        Entity.PHONE_NUMBER,
        Entity.JP_ADDRESS,
        Entity.EMAIL_ADDRESS,  # one that turned out to be shared
    }
)
#: Links by status: what a step over one allows at best.
LINK_TIERS = {
    "declared": Tier.CERTAIN,
    "confirmed": Tier.CERTAIN,
    "discovered": Tier.PROBABLE,
}
