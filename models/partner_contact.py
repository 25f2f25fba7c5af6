"""Where a partner without a system of its own is told that there is something to look at."""

from uuid import UUID

from models.base import Record, plain, sealed


class PartnerContact(Record, table=True):
    """The focal contact: links go to the e-mail, codes to the phone, so that one stolen channel opens nothing (T7).

    Sealed under a key of its own; ``language`` is that of messages and first pages.
    """

    __tablename__ = "partner_contacts"

    partner: str = plain(foreign_key="partners.code", max_length=40, unique=True)
    language: str = plain("en", max_length=3)
    email: bytes | None = sealed(2)
    phone: bytes | None = sealed(2)

    @property
    def key_owner(self) -> UUID:
        """Itself: nobody of a case."""
        return self.id
