"""Reading what a person wrote back: the reading is written down before the text is shown (S12)."""

from uuid import UUID

from sqlmodel import col, select

from models.access import Field
from models.case import Case
from models.database import vault_of
from models.message import Reply
from models.queries.access import Denied
from models.staff import Staff
from workflows.class_three import seen_class3
from workflows.commands import NotAllowed, Refused
from workflows.house import House


def read_reply(house: House, ref: str, reply: UUID, who: Staff) -> str:
    """The text of a reply, for somebody who may read the narrative of its case. The reading is committed first.

    Raises UnknownCase, NotAllowed, NotWritten, or Refused where the case has no such reply.
    """
    person = person_of(house, ref, reply)
    try:
        seen_class3(house, who, ref, ["replies.text"], Field.NARRATIVE, person)
    except Denied:
        raise NotAllowed("role", "Only who works on this case may read what the person wrote.") from None
    if person is None:
        raise Refused("unknown_reply", "There is no such reply in this case: the list of its replies names them.")
    with house.database.reading() as session:
        return str(vault_of(session).open(session.get_one(Reply, reply), "text"))


def person_of(house: House, ref: str, reply: UUID) -> UUID | None:
    """Who wrote it, where it is a reply of this case."""
    with house.database.reading() as session:
        query = select(Reply.person_id).join(Case, col(Case.id) == Reply.case_id)
        return session.exec(query.where(Reply.id == reply, Case.ref == ref)).first()
