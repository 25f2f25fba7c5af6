"""Records that somebody told the person what no message could, and that somebody read what came back."""

from models.message import Message, Reply
from models.stage import Role
from workflows.commands import Fact, Recording
from workflows.inputs.words import OfSubjectIn
from workflows.records.common import STAFF, about

MAY = (*STAFF, Role.PROTECTION_OFFICER)


def message_told(r: Recording) -> None:
    """Somebody reached the person in another way, or saw that there is nothing left to tell."""
    row = about(r, Message)
    row.told_at, row.told_by = r.now, r.by


def reply_read(r: Recording) -> None:
    """Somebody has read it, and done what it asks for."""
    row = about(r, Reply)
    row.read_at, row.read_by = r.now, r.by


FACTS = (
    Fact("message_told", OfSubjectIn, MAY, message_told),
    Fact("reply_read", OfSubjectIn, MAY, reply_read),
)
