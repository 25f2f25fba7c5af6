"""Reading what a person wrote back: the reading is written down before the text is shown (S12)."""

from uuid import UUID

from models.access import Act, Field
from models.database import vault_of
from models.event import append
from models.message import Reply
from models.queries.access import Denied, must
from models.staff import Staff
from workflows.commands import NotAllowed, Refused
from workflows.house import House
from workflows.lease import lock


def read_reply(house: House, ref: str, reply: UUID, who: Staff) -> str:
    """The text of a reply, for somebody who may read the narrative of its case. The event is committed first.

    Raises UnknownCase, NotAllowed, or Refused where the case has no such reply.
    """
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        try:
            must(session, who, Act.SEE, case, now, 3, Field.NARRATIVE)
        except Denied:
            raise NotAllowed("role", "Only who works on this case may read what the person wrote.") from None
        row = session.get(Reply, reply)
        if row is None or row.case_id != case.id:
            raise Refused("unknown_reply", "There is no such reply in this case: the list of its replies names them.")
        append(session, ref, "reply.read", who.handle, now, reply=str(reply))
    with house.database.reading() as session:
        return str(vault_of(session).open(session.get_one(Reply, reply), "text"))
