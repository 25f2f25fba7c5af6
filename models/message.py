"""Messages that leave the house and what became of each; what came back; and the fuse against too many at once."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from models.base import Record, instant, plain, sealed, word
from models.case import OfJourney, OfPerson
from models.inbound import HOUSE


class MessageState(StrEnum):
    """How far a message is: ours until it is accepted, the provider's word from then on."""

    WAITING = "waiting"
    HANDING_OVER = "handing_over"
    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    VOID = "void"


IN_VAIN = (MessageState.UNDELIVERED, MessageState.FAILED)
RANK = {
    MessageState.WAITING: 0, MessageState.HANDING_OVER: 0, MessageState.ACCEPTED: 1, MessageState.SENT: 2,
    MessageState.FAILED: 3, MessageState.UNDELIVERED: 3, MessageState.DELIVERED: 4, MessageState.VOID: 5,
}  # fmt: skip


class Message(OfJourney, table=True):
    """One message on one channel, beside its row in the ledger, whose key it carries.

    ``recipient`` is ``person`` or ``partner:<code>``. ``words`` hold address and text of a link or a code until it
    is handed over, and nothing after; every other text is made anew from its kind.
    """

    __tablename__ = "messages"

    effect_id: UUID = plain(unique=True)
    key: str = plain(max_length=64, unique=True)
    kind: str = plain(max_length=40)
    recipient: str = plain("person", max_length=60)
    person_id: UUID | None = plain(None, index=True)
    channel: str = plain(max_length=10)
    contact_id: UUID | None = plain(None)
    state: MessageState = word(MessageState, MessageState.WAITING)
    changed_at: datetime = instant()
    sent_at: datetime | None = instant(None, index=True)
    expires_at: datetime | None = instant(None)
    reference: str | None = plain(None, max_length=80, index=True)
    code: str | None = plain(None, max_length=60)
    told_at: datetime | None = instant(None)
    told_by: str | None = plain(None, max_length=60)
    words: bytes | None = sealed(3)

    @property
    def key_owner(self) -> UUID:
        """The person; what goes to a partner is sealed under the house's key."""
        return self.person_id or HOUSE


class Reply(OfPerson, table=True):
    """What somebody wrote back from a channel of the case, and what it was taken for.

    ``meaning`` is one of fine, call_me, unsafe, stop, duress, other. ``for_staff``: somebody must read it;
    ``read_at`` is when they had done so.
    """

    __tablename__ = "replies"

    channel: str = plain("sms", max_length=10)
    contact_id: UUID | None = plain(None)
    inbound_id: UUID = plain()
    meaning: str = plain(max_length=20)
    point: str = plain("", max_length=20)
    for_staff: bool = plain(True)
    read_at: datetime | None = instant(None)
    read_by: str | None = plain(None, max_length=60)
    text: bytes | None = sealed(3)


class MessageFuse(Record, table=True):
    """Once more messages wanted to leave than is usual: none left from then on until somebody let them."""

    __tablename__ = "message_fuses"

    blown_at: datetime = instant()
    counted: int = plain()
    most: int = plain()
    released_at: datetime | None = instant(None)
    released_by: str | None = plain(None, max_length=60)


def moved(message: Message, state: MessageState, now: datetime, code: str | None = None) -> bool:
    """Take the provider's word; a word that comes late moves nothing back (S16). False when it changed nothing."""
    if RANK[state] <= RANK[message.state]:
        return False
    message.state, message.changed_at, message.code = state, now, code
    return True
