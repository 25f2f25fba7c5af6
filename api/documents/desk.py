"""What somebody who makes a document has before them: the case, the person, the language, and what may be read."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import iso3166
from sqlmodel import Session, select

from api.documents.parts import Part, Words, code, fields, isolated
from models.access import Field
from models.case import Case
from models.database import vault_of
from models.person import Person
from models.vault import Vault

Said = dict[str, Any]
NAMES = ("given_names", "family_name")


@dataclass(frozen=True)
class Desk:
    """``about`` is what the document is about beside the person; ``zone`` is that of the house's clock.

    ``shown`` gathers which columns of class 3 were opened, as ``table.column``.
    """

    session: Session
    case: Case
    person: Person
    words: Words
    now: datetime
    zone: str
    about: str = ""
    readable: frozenset[Field] = frozenset(Field)
    shown: set[str] = field(default_factory=set)

    @cached_property
    def vault(self) -> Vault:
        """Opens what is sealed."""
        return vault_of(self.session)

    def open(self, row: Any, column: str) -> Any:
        """A sealed value; that it was read is noted where it is of class 3. Raises Unreadable."""
        if type(row).__table__.c[column].info["field_class"] == 3:
            self.shown.add(f"{row.__tablename__}.{column}")
        return self.vault.open(row, column)

    def people(self) -> list[Person]:
        """Everybody of the case, the principal first."""
        rows = self.session.exec(select(Person).where(Person.case_id == self.case.id)).all()
        return sorted(rows, key=lambda person: (not person.principal, person.id))

    def name(self, person: Person) -> str:
        """As the travel document has it."""
        return isolated(" ".join(self.vault.open(person, part) or "" for part in NAMES).strip())

    def native(self, person: Person) -> str | None:
        """As the person writes it, if that is another way."""
        name = self.vault.open(person, "native_name")
        return isolated(name) if name else None

    def nationality(self, person: Person) -> str | None:
        """The country's name."""
        known = iso3166.countries_by_alpha3.get(self.vault.open(person, "nationality") or "")
        return self.words.country(known.alpha2) if known else None

    def moment(self, at: datetime | None) -> str | None:
        """An instant on the house's clock."""
        return self.words.moment(at, self.zone) if at else None

    def who(self, *more: tuple[str, str | None]) -> Part:
        """Who it is about."""
        _ = self.words
        born = self.vault.open_date(self.person, "born_on")
        known = (
            (_("Full name"), self.name(self.person)),
            (_("Name in own script"), self.native(self.person)),
            (_("Date of birth"), _.day(born) if born else None),
            (_("Nationality"), self.nationality(self.person)),
            (_("Reference"), code(self.case.ref)),
        )
        return fields((*known, *more))
