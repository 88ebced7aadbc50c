"""A person's values, each as a mark, in the many ways that systems write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from string import ascii_letters, digits

from flows.demo import dates
from flows.demo.chance import chance
from flows.demo.dates import Style
from flows.demo.kana import halfwidth, hiragana, romaji
from flows.demo.mark import Mark, Via
from flows.demo.person import Kind, Person, Work
from scanners.finding import Entity, Role

_BASE64 = f"./{ascii_letters}{digits}"


@dataclass(frozen=True, slots=True, repr=False)
class Values:
    """What is known of a person, for one record: theirs, or one that merely mentions them."""

    person: Person
    role: Role = Role.SELF

    @property
    def work(self) -> Work:
        """Where the person works; only contacts and employees work somewhere."""
        if self.person.work is None:
            raise LookupError("Only contacts and employees work somewhere.")
        return self.person.work

    def name(self, gap: str = " ") -> Mark:
        """Surname and given name in kanji, or Latin letters of a foreign resident."""
        return self._mark(Entity.PERSON, self.person.name(gap))

    def surname(self) -> Mark:
        """The surname alone."""
        return self._mark(Entity.PERSON, self.person.surname.written)

    def kana(self, gap: str = " ") -> Mark:
        """The reading in katakana."""
        return self._mark(Entity.PERSON, self.person.kana(gap))

    def halfwidth(self, gap: str = " ") -> Mark:
        """The reading in half-width katakana."""
        return self._mark(Entity.PERSON, halfwidth(self.person.kana(gap)))

    def hiragana(self, gap: str = " ") -> Mark:
        """The reading in hiragana."""
        return self._mark(Entity.PERSON, hiragana(self.person.kana(gap)))

    def romaji(self) -> Mark:
        """``Hanako Sato``."""
        return self._mark(Entity.PERSON, romaji_name(self.person))

    def born(self, style: Style = Style.ISO) -> Mark:
        """The birth date."""
        return self._mark(Entity.DATE_OF_BIRTH, dates.written(self.person.born, style))

    def birthday(self) -> Mark:
        """The birth date as a date."""
        return self._mark(Entity.DATE_OF_BIRTH, self.person.born)

    def age(self) -> Mark:
        """The age in years."""
        return self._mark(Entity.AGE, dates.age(self.person.born))

    def gender(self, words: str = "男女") -> Mark:
        """The gender, in the words given for male and female."""
        return self._mark(Entity.GENDER, words["男女".index(self.person.gender)])

    def email(self) -> Mark | None:
        """The private e-mail address."""
        return self._mark(Entity.EMAIL_ADDRESS, self.person.email) if self.person.email else None

    def work_email(self) -> Mark:
        """The e-mail address at work."""
        return self._mark(Entity.EMAIL_ADDRESS, self.work.email)

    def mobile(self, gap: str = "-") -> Mark | None:
        """The mobile telephone."""
        number = self.person.mobile
        return self._mark(Entity.PHONE_NUMBER, number.replace("-", gap)) if number else None

    def phone(self, gap: str = "-") -> Mark:
        """The family's telephone, or a contact's direct line."""
        return self._mark(Entity.PHONE_NUMBER, self.person.home.phone.replace("-", gap))

    def postal_code(self, gap: str = "-") -> Mark:
        """The postal code."""
        code = self.person.home.town.postal_code
        return self._mark(Entity.JP_POSTAL_CODE, code.replace("-", gap))

    def address(self) -> Mark:
        """The address, with the lot as ``1-2-3``."""
        return self._mark(Entity.JP_ADDRESS, self.person.home.address)

    def formal_address(self) -> Mark:
        """The address, with the lot as ``1丁目2番3号``."""
        return self._mark(Entity.JP_ADDRESS, self.person.home.formal_address)

    def code(self, entity: Entity, gap: str = "") -> Mark | None:
        """An identification code or card, in groups of four where a gap is given."""
        held = self.person.codes.get(entity)
        if held is None:
            return None
        groups = gap.join(held[start : start + 4] for start in range(0, len(held), 4))
        return self._mark(entity, groups if gap else held)

    def parts(self, entity: Entity) -> tuple[str | Mark | None, ...]:
        """The parts of a code in columns of their own; what it tells stands in the last."""
        *before, last = self.person.codes[entity].split("-")
        return (*before, self._mark(entity, last))

    def care(self, what: str) -> Mark:
        """What nobody may ask for without consent: a diagnosis, an illness."""
        return self._mark(Entity.SPECIAL_CARE, what)

    def secret(self) -> Mark:
        """What the shop keeps of the password: a hash in the form of bcrypt."""
        draws = chance(self.person.number, "password")
        return self._mark(Entity.CREDENTIAL, "$2b$12$" + "".join(draws.choices(_BASE64, k=53)))

    def key(self, kind: Kind) -> Mark | None:
        """The number by which the company knows the person as one of a kind."""
        number = self.person.keys.get(kind)
        if number is None:
            return None
        return Mark(self.person.number, Entity.SUBJECT_KEY, number, self.role, Via.KEY)

    def _mark(self, entity: Entity, value: str | int | date) -> Mark:
        return Mark(self.person.number, entity, value, self.role)


def romaji_name(person: Person) -> str:
    """Return given name and surname in Latin letters."""
    if Kind.FOREIGN in person.kinds:
        return f"{person.given.written} {person.surname.written}".title()
    return f"{romaji(person.given.kana)} {romaji(person.surname.kana)}".title()
