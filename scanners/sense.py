"""語の意味 (senses): what a word of a column's name says, where it names no entity outright."""

from __future__ import annotations

from enum import StrEnum


class Sense(StrEnum):
    """What a word of a header says, where it doesn't name an entity outright."""

    PERSON = "person"  # whose: those whom tables of persons are about
    STAFF = "staff"  # whose: persons of the company's own; subjects only of their own tables
    MENTION = "mention"  # whose: somebody other than the record's own person
    ORGANISATION = "organisation"  # whose: offices, companies, places
    THING = "thing"  # whose: goods, files, events
    UNIT = "unit"  # whose: a department or title, which only contacts have
    NAME = "name"  # what: a name, of whom the words before say
    READING = "reading"  # what: how the thing before is read
    KEY = "key"  # what: a key or number
    BIRTH = "birth"  # what: of a birth; a date if one follows
    OPAQUE = "opaque"  # what: opaque; it opens something if its values and neighbours say so
    DATE = "date"  # what: a day or time
    CONTACT = "contact"  # what: an e-mail address, telephone number or address
    FREE = "free"  # what: sentences
    VALUE = "value"  # what: that which the words before say
    AMOUNT = "amount"  # what: a number that counts or measures
    OTHER = "other"  # what: anything that is no entity (an amount, a flag)
    SMALL = "small"  # says nothing
