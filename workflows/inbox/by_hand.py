"""What nobody could understand, in front of a person (L2): read, which is written down first, and settled.

Messages from numbers that are nobody's may be somebody in need on a borrowed phone, so they are never thrown away.
"""

import json
from typing import Any
from uuid import UUID

from sqlmodel import Session

from models.database import vault_of
from models.event import append
from models.inbound import Inbound
from models.staff import Staff
from models.stage import Role
from workflows.commands import NotAllowed, Refused
from workflows.house import House

CHAIN = "INBOUND"
MAY = (Role.PROTECTION_OFFICER, Role.SUPERVISOR)


def read_letter(house: House, letter: UUID, who: Staff) -> dict[str, Any]:
    """Sender and text of a message, or the whole of anything else. The reading is committed before it is shown (S12).

    Raises NotAllowed, or Refused for one that is not there or was settled.
    """
    with house.database.unit_of_work() as session:
        row = waiting(session, letter, who)
        append(session, CHAIN, "inbound.read", who.handle, house.clock.now(), inbound=str(letter))
    with house.database.reading() as session:
        text = str(vault_of(session).open(session.get_one(Inbound, letter), "body"))
    return {"source": row.source, "received_at": row.received_at, "trouble": row.trouble, **said_in(text)}


def said_in(text: str) -> dict[str, str]:
    """Who wrote and what, where it is an SMS."""
    try:
        form = json.loads(text)["form"]
        return {"sender": form["From"], "text": form["Body"]}
    except (ValueError, KeyError, TypeError):
        return {"text": text}


def settle_letter(house: House, letter: UUID, who: Staff) -> None:
    """Somebody has seen to it; nothing of it is kept. Raises NotAllowed or Refused."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        row = waiting(session, letter, who)
        row.handled_at, row.result, row.body = now, "by_hand", b""
        append(session, CHAIN, "inbound.settled", who.handle, now, inbound=str(letter))


def waiting(session: Session, letter: UUID, who: Staff) -> Inbound:
    """One that waits for a person, locked. Raises NotAllowed or Refused."""
    if not who.has(*MAY):
        raise NotAllowed("role", "Only protection officers and supervisors see to what nobody could understand.")
    row = session.get(Inbound, letter, with_for_update=True)
    if row is None or row.handled_at is not None or row.trouble is None:
        raise Refused("unknown_letter", "This does not wait for anybody: the list shows what does.")
    return row
