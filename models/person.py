"""The people of a case: the principal and those who travel along, and how each may safely be reached."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from models.base import Record, instant, plain, sealed
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
    """A word on one channel: sms, email or phone, and between which local hours it is safe.

    A later row about the same address replaces it: confirmed anew, or no longer safe. ``messages`` is false where
    nothing may be left or written there, only spoken. ``how`` tells by what we knew that it was the person.
    """

    __tablename__ = "contacts"

    channel: str = plain(max_length=10)
    zone: str = plain(max_length=40)
    from_hour: int = plain(8)
    to_hour: int = plain(20)
    safe: bool = plain(True)
    messages: bool = plain(True)
    preference: int = plain(1)
    how: str | None = plain(None, max_length=20)
    verified_at: datetime | None = instant(None)
    address_index: str | None = plain(None, max_length=32, index=True)
    address: bytes | None = sealed(2)
    rules: bytes | None = sealed(3)


class ContactWord(OfPerson, table=True):
    """A word that stops every message: ``unsafe``, ``duress``, or ``none_safe`` (the person has no safe channel).

    Only a channel that is recorded later is used again.
    """

    __tablename__ = "contact_words"

    word: str = plain(max_length=20)
    reason: bytes | None = sealed(3)


class UnsafeAddress(OfPerson, table=True):
    """A number or address that somebody else reads: never used, and refused when it is given as safe."""

    __tablename__ = "unsafe_addresses"

    address: bytes | None = sealed(3)
    address_index: str = plain(max_length=32, index=True)
    why: bytes | None = sealed(3)


class CodeWord(OfPerson, table=True):
    """What the person says to show that it is them, and what they say when somebody listens."""

    __tablename__ = "code_words"

    word: bytes | None = sealed(3)
    duress: bytes | None = sealed(3)


def live_channels(
    contacts: Iterable[Contact], unsafe: Iterable[UnsafeAddress], words: Iterable[ContactWord]
) -> list[Contact]:
    """The channels that may be used now, the preferred first, the newest before the older of equal preference."""
    newest = {(row.person_id, row.address_index or str(row.id)): row for row in sorted(contacts, key=_age)}
    refused = {row.address_index for row in unsafe}
    stopped: dict[UUID, datetime] = {}
    for word in words:
        stopped[word.person_id] = max(word.at, stopped.get(word.person_id, word.at))
    live = [
        row
        for row in newest.values()
        if row.safe
        and row.address_index not in refused
        and (row.person_id not in stopped or row.at > stopped[row.person_id])
    ]
    return sorted(sorted(live, key=_age, reverse=True), key=lambda row: row.preference)


def _age(row: Contact) -> tuple[datetime, UUID]:
    return row.at, row.id
