"""What a partner does on a page of ours: it reads what it may, says a word once, and is shown what came of it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from models.case import Case
from models.database import vault_of
from models.event import append
from models.handover import Handover, HandoverPackage, HandoverQuestion, Partner
from models.handover_state import TAKEN
from models.inbound import Inbound
from models.reintegration import Instalment
from workflows.commands import Change
from workflows.house import House
from workflows.inbox import receive, understand
from workflows.lease import lock
from workflows.partner_door import partner_may_read, seen


@dataclass(frozen=True)
class Speaker:
    """Who speaks: as it is written down, and the page it speaks from; a form is taken once from a page."""

    by: str
    page: str

    @property
    def source(self) -> str:
        """As the inbox names it."""
        return f"page/{self.page}"


def view(house: House, handover_id: UUID) -> dict[str, Any] | None:
    """A handover as its partner sees it, with the partner's time zone and open amounts; None when it may not."""
    now = house.clock.now()
    with house.database.reading() as session:
        row = session.get(Handover, handover_id)
        if row is None or not partner_may_read(session, row, now):
            return None
        partner = session.get_one(Partner, row.partner)
        more = {
            "zone": partner.zone, "amounts": amounts(session, row), "newest": newest(session, row),
            "answered": answer_of(session, row) is not None,
        }  # fmt: skip
        return seen(session, row, now) | times(row) | more


def times(row: Handover) -> dict[str, Any]:
    """When what happened, and whether the partner was told where to be."""
    names = ("accepted_at", "available_from", "arrived_at", "met", "received_at", "our_sha256", "their_sha256")
    return {name: getattr(row, name) for name in names}


def newest(session: Session, row: Handover) -> dict[str, HandoverPackage]:
    """The newest package of each stage that was released to the partner."""
    query = select(HandoverPackage).where(
        HandoverPackage.handover_id == row.id, col(HandoverPackage.signed_at).is_not(None)
    )
    return {one.stage: one for one in session.exec(query.order_by(col(HandoverPackage.at)))}


def amounts(session: Session, row: Handover) -> list[Instalment]:
    """What the partner was asked to hand over and has not said anything about."""
    if row.status not in TAKEN:
        return []
    mine = select(Instalment).where(Instalment.case_id == row.case_id, Instalment.journey == row.journey)
    asked = mine.where(Instalment.payment_status == "ordered", col(Instalment.payment_reference).is_not(None))
    return list(session.exec(asked.order_by(col(Instalment.due_on), col(Instalment.ordinal))))


def answer_of(session: Session, row: Handover) -> HandoverQuestion | None:
    """The newest question of the partner that we have answered."""
    mine = select(HandoverQuestion).where(
        HandoverQuestion.handover_id == row.id, col(HandoverQuestion.sent_at).is_not(None)
    )
    return session.exec(mine.order_by(col(HandoverQuestion.at).desc())).first()


def show(house: House, handover_id: UUID, what: str, by: str) -> dict[str, Any] | None:
    """Personal data for the partner: a package by its stage, or our ``answer``. None when it may not see it.

    That it was read is committed before anything is opened (S12).
    """
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        row = session.get(Handover, handover_id)
        if row is None or not partner_may_read(session, row, now):
            return None
        found = answer_of(session, row) if what == "answer" else newest(session, row).get(what)
        if found is None:
            return None
        case, known = lock(session, session.get_one(Case, row.case_id).ref), getattr(found, "sha256", None)
        append(session, case.ref, "partner.read", by, now, stage=what, sha256=known)
        found_id, kind = found.id, type(found)
    with house.database.reading() as session:
        kept: Any = session.get_one(kind, found_id)
        vault = vault_of(session)
        if what == "answer":
            return {"question": vault.open(kept, "text"), "reply": vault.open(kept, "reply")}
        return {"sha256": kept.sha256, **vault.open(kept, "body")}


def say(house: House, who: Speaker, key: str, handover_id: UUID, kind: str, said: dict[str, Any]) -> Change | None:
    """Take one form: stored first, understood after; the same form again changes nothing (F29). Gives what it woke."""
    money = {"instalment": said["instalment"]} if kind.startswith("payment.") else {"word": said}
    return heard(house, who, key, {"handover": str(handover_id), "kind": kind, **money})


def say_of_place(house: House, who: Speaker, key: str, question_id: UUID, said: dict[str, Any]) -> Change | None:
    """The same of an answer about a place."""
    return heard(house, who, key, {"place": str(question_id), "word": said})


def heard(house: House, who: Speaker, key: str, said: dict[str, Any]) -> Change | None:
    """Kept sealed before anybody understands it."""
    inbound, is_new = receive(house, who.source, key, json.dumps({**said, "by": who.by}))
    return understand(house, inbound) if is_new else None


def came_of(house: House, who: Speaker, key: str) -> tuple[str, datetime] | None:
    """What came of a form, as a code, and when it reached us; None for a form that nobody sent from this page."""
    with house.database.reading() as session:
        mine = select(Inbound).where(Inbound.source == who.source, Inbound.outside_id == key)
        row = session.exec(mine).first()
        return None if row is None else (row.result or row.trouble or "waiting", row.received_at)
