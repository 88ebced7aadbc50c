"""段になった見出し (grouped headings): what a heading over several columns says of each of them.

In 基本情報/フリガナ and 連絡先/電話番号 the row above says whose a column is, or of what, and else
nothing: a 番号 under 基本情報 is a 番号.
"""

from __future__ import annotations

from scanners.cutting import Known, Word, cut
from scanners.finding import Entity
from scanners.sense import Sense

#: What is said of each column below.
_SHARED = {
    Sense.PERSON,
    Sense.STAFF,
    Sense.MENTION,
    Sense.ORGANISATION,
    Sense.THING,
    Sense.UNIT,
    Sense.CONTACT,
    Sense.NAME,
    Sense.BIRTH,
    Sense.READING,
}


def grouped(name: str, known: Known) -> list[Word] | None:
    """Return the words of a name in several rows, without those that say nothing of the column;
    ``None`` for a name in one row.
    """
    above, _, own = name.rpartition("/")
    if not above:
        return None
    said = [word for word in cut(own, known) if word[1] is not Sense.SMALL]
    # How somebody is read: an application (申込/フリガナ) isn't read aloud.
    read = bool(said) and all(sense is Sense.READING for _, sense in said)
    shared = _SHARED - {Sense.THING} if read else _SHARED
    over = [word for word in cut(above, known) if word[1] in shared or isinstance(word[1], Entity)]
    return [*over, *said]
