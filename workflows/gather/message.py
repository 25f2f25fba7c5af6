"""Gathers ``workflows.facts.message``."""

from models.effect import Effect
from models.message import Message, MessageState
from models.message import Reply as ReplyRow
from models.person import Contact as Address
from workflows.facts.message import Delivery, Reply
from workflows.gather.reader import Reader


def deliveries(read: Reader) -> tuple[Delivery, ...]:
    """Every message of the case, with what its row in the ledger says."""
    effects = {row.id: row for row in read.all(Effect)}
    known = [(row, effects.get(row.effect_id)) for row in read.all(Message)]
    return tuple(delivery(read, row, effect) for row, effect in known if effect is not None)


def delivery(read: Reader, row: Message, effect: Effect) -> Delivery:
    """One message. What the ledger calls unknown is unknown until the provider has said more."""
    unsure = row.state is MessageState.HANDING_OVER and effect.state.value in ("unknown", "void", "rejected", "absent")
    state = (
        {"rejected": "failed", "absent": "failed"}.get(effect.state.value, effect.state.value)
        if unsure
        else row.state.value
    )
    subject = effect.subject if effect.action == row.kind else str(row.id)
    return Delivery(
        str(row.id), row.kind, subject, effect.generation, row.channel, same_address(read, row), state,
        row.sent_at or row.at, row.told_at is not None,
    )  # fmt: skip


def same_address(read: Reader, row: Message) -> frozenset[str]:
    """Every channel of the case that leads to the address of a message."""
    rows = read.all(Address)
    index = next((one.address_index for one in rows if one.id == row.contact_id), None)
    same = [one for one in rows if one.id == row.contact_id or (index and one.address_index == index)]
    return frozenset(str(one.id) for one in same)


def replies(read: Reader) -> tuple[Reply, ...]:
    """What came back."""
    return tuple(
        Reply(str(row.id), row.at, row.meaning, row.read_at is not None or not row.for_staff)
        for row in read.all(ReplyRow)
    )
