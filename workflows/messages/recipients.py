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
    """The principal of the case, by a channel that they called safe.

    ``on_paper``: the link is in their hands, so that its code may go by every one of these.
    """

    on_paper: bool = False

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
    """One way to a recipient. ``place`` is the same for ways that lead to the same address."""

    channel: str
    to: str
    language: str
    place: str
    contact_id: UUID | None = None
    person_id: UUID | None = None

    def is_of(self, message: Message) -> bool:
        """Whether a message went this way."""
        return (self.channel, self.contact_id) == (message.channel, message.contact_id)


class NoOtherChannel(Refused):
    """There is no way to this recipient, or none beside the one that the link went by."""

    def __init__(self) -> None:
        super().__init__("no_other_channel", "A code may not go where its link went: record a second safe channel, "
                         "or agree on another second factor.")  # fmt: skip


def route_to(
    session: Session, facts: Facts, to: Recipient, *, code: bool = False, link: Message | None = None
) -> Route:
    """The way to somebody: the preferred one; for a code another one than its link's, of another kind if there is one.

    Where the message of the link is not known, it went the preferred way, unless it is on paper. Raises NoOtherChannel.
    """
    ways = to_person(session, facts) if isinstance(to, ToPerson) else to_partner(to)
    if code and ways and not (isinstance(to, ToPerson) and to.on_paper):
        went = next((way for way in ways if link and way.is_of(link)), ways[0])
        ways = [way for way in ways if way.place != went.place]
        ways.sort(key=lambda way: way.channel == went.channel)
    if not ways:
        raise NoOtherChannel
    return ways[0]


def to_person(session: Session, facts: Facts) -> list[Route]:
    """Their usable channels, the preferred first."""
    person, vault = session.get_one(Person, UUID(facts.principal.id)), vault_of(session)
    rows = [session.get_one(Contact, UUID(one.id)) for one in usable(facts)]
    return [
        Route(row.channel, vault.open(row, "address"), person.language, row.address_index or "", row.id, person.id)
        for row in rows
    ]


def to_partner(to: ToPartner) -> list[Route]:
    """E-mail first, then SMS."""
    ways = [Route("email", to.email, to.language, "email")] if to.email else []
    return ways + ([Route("sms", to.phone, to.language, "sms")] if to.phone else [])
