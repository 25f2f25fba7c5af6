"""To whom a link or a code goes, and by which channel: a code never goes where its link went."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.database import vault_of
from models.message import Message
from models.person import Contact, Person
from workflows.commands import Refused
from workflows.facts import Facts
from workflows.gates.follow_up import usable


@dataclass(frozen=True)
class ToPerson:
    """The principal of the case, by a channel that they called safe."""

    @property
    def name(self) -> str:
        """As it stands in the row of a message."""
        return "person"


@dataclass(frozen=True)
class ToPartner:
    """A focal point of a partner: e-mail and phone (E.164) as the partner gave them, and the language they read."""

    code: str
    language: str
    email: str | None = None
    phone: str | None = None

    @property
    def name(self) -> str:
        """As it stands in the row of a message."""
        return f"partner:{self.code}"


Recipient = ToPerson | ToPartner


@dataclass(frozen=True)
class Route:
    """One way to a recipient."""

    channel: str
    to: str
    language: str
    contact_id: UUID | None = None
    person_id: UUID | None = None


class NoOtherChannel(Refused):
    """There is no way to this recipient, or none beside the one that the link went by."""

    def __init__(self) -> None:
        super().__init__("no_other_channel", "A code may not go where its link went: record a second safe channel, "
                         "or agree on another second factor.")  # fmt: skip


def route_to(session: Session, facts: Facts, to: Recipient, link: Message | None) -> Route:
    """The way to somebody; for a code, another one than its link's, of another kind if there is one.

    Raises NoOtherChannel.
    """
    ways = to_person(session, facts, link) if isinstance(to, ToPerson) else to_partner(to, link)
    if not ways:
        raise NoOtherChannel
    return ways[0]


def to_person(session: Session, facts: Facts, link: Message | None) -> list[Route]:
    """Their usable channels, the preferred first."""
    person, vault = session.get_one(Person, UUID(facts.principal.id)), vault_of(session)
    rows = [session.get_one(Contact, UUID(one.id)) for one in usable(facts)]
    used = session.get(Contact, link.contact_id) if link and link.contact_id else None
    if used is not None and link is not None:
        rows = [row for row in rows if row.id != used.id and row.address_index != used.address_index]
        rows.sort(key=lambda row: row.channel == used.channel)
    return [Route(row.channel, vault.open(row, "address"), person.language, row.id, person.id) for row in rows]


def to_partner(to: ToPartner, link: Message | None) -> list[Route]:
    """E-mail first, then SMS."""
    ways = [Route("email", to.email, to.language)] if to.email else []
    ways += [Route("sms", to.phone, to.language)] if to.phone else []
    return [way for way in ways if link is None or way.channel != link.channel]
