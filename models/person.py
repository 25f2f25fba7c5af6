"""The people of a case: the principal and those who travel along, and how each may safely be reached."""

from uuid import UUID

from models.base import Record, plain, sealed
from models.case import OfPerson


class Person(Record, table=True):
    """One person, in one case, as principal or dependant; a child names its guardian.

    Given and family name are in Latin letters, as in the travel document; ``native_name`` is as they write it.
    """

    __tablename__ = "persons"

    case_id: UUID = plain(foreign_key="cases.id", index=True)
    principal: bool = plain()
    relation: str | None = plain(None, max_length=20)
    guardian_id: UUID | None = plain(None)
    language: str = plain(max_length=3)
    given_names: bytes | None = sealed(2)
    family_name: bytes | None = sealed(2)
    native_name: bytes | None = sealed(2)
    born_on: bytes | None = sealed(2)
    sex: bytes | None = sealed(2)
    nationality: bytes | None = sealed(2)
    identity_index: str = plain(max_length=32, index=True)

    @property
    def key_owner(self) -> UUID:
        """Themselves."""
        return self.id


class Contact(OfPerson, table=True):
    """A channel that the person called safe: where, and between which local hours."""

    __tablename__ = "contacts"

    channel: str = plain(max_length=10)
    zone: str = plain(max_length=40)
    from_hour: int = plain(8)
    to_hour: int = plain(20)
    safe: bool = plain(True)
    address: bytes | None = sealed(2)
    rules: bytes | None = sealed(3)
