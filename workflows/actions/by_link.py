"""Partners without a system: nothing is called; what is told waits on a page of ours, and the way to it goes out.

The link is made and its message queued in the transaction that writes down that the partner was told.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from integrations.partner import Receipt
from models.case import Case
from models.clock import wall
from models.effect import Effect
from models.handover import Handover
from models.link import LinkPurpose, links_of
from models.reconciliation import Reconciliation
from models.risk_assessment import CountryInput
from workflows.facts import Facts
from workflows.house import World
from workflows.ledger import Action, Letter
from workflows.partner_link import tell, tell_closed, works_here


def reference(letter: Letter) -> str:
    """A reference of our own, the same for the same key."""
    return "H-" + hashlib.sha256(letter.key.encode()).hexdigest()[:16].upper()


def receipt(letter: Letter) -> Receipt:
    """The package lies on the page as it was frozen; the partner signs for it with its own word."""
    return Receipt(
        package_hash=letter.body["package"].seal(), received_at=datetime.fromisoformat(letter.body["told_at"])
    )


def done(letter: Letter) -> Any:
    """It is told by the link."""
    return True


def nothing(letter: Letter) -> Any:
    """There are no books of theirs: every word of such a partner came through our own door."""
    return None


AT_HOME: dict[str, Callable[[Letter], Any]] = {
    "ask_country_input": reference, "offer_handover": reference, "order_payment": reference,
    "remind_partner": done, "answer_partner": done, "answer_return": done, "recall_handover": done,
    "cancel_payment": done, "send_identity": receipt, "send_arrival": receipt, "send_plan": receipt,
    "look_up_handover": nothing, "look_up_country_input": nothing, "look_up_payment": nothing,
    "reconcile_payments": nothing,
}  # fmt: skip
NEWS = ("ask_country_input", "offer_handover", "order_payment", "remind_partner", "answer_partner", "answer_return",
        "send_identity", "send_arrival", "send_plan")  # fmt: skip


def reaching(action: Action) -> Action:
    """The same action for partners of both kinds."""
    at_home = AT_HOME.get(action.name)
    if at_home is None:
        return action

    def prepare(session: Session, case: Case, effect: Effect, facts: Facts) -> Any:
        body = action.prepare(session, case, effect, facts)
        return body | {"at_home": works_here(session, body["partner"]), "told_at": facts.now.isoformat()}

    def send(world: World, letter: Letter) -> Any:
        if not letter.body["at_home"]:
            return action.send(world, letter)
        letter.body["public_url"] = world.settings.public_url
        return at_home(letter)

    def find(world: World, letter: Letter) -> Any:
        if letter.body["at_home"] or action.find is None:
            return send(world, letter)
        return action.find(world, letter)

    def record(session: Session, case: Case, effect: Effect, letter: Letter, answer: Any, now: datetime) -> None:
        if not letter.body["at_home"]:
            action.record(session, case, effect, letter, answer, now)
        elif action.name == "reconcile_payments":
            session.add(unread(case, effect, letter, now))
        elif action.name == "look_up_country_input":
            asked_again(session, case, letter, now)
        elif at_home is not nothing:
            action.record(session, case, effect, letter, answer, now)
            told(session, case, action.name, letter, answer, now)

    return replace(action, prepare=prepare, send=send, find=find if action.find else None, record=record)


def told(session: Session, case: Case, name: str, letter: Letter, answer: Any, now: datetime) -> None:
    """News make a link; what was taken back ends them all."""
    session.flush()
    row = place_of(session, case, answer) if name == "ask_country_input" else handover_of(session, case, letter, answer)
    if row is None:
        return
    if isinstance(row, Handover) and name == "recall_handover":
        tell_closed(session, case, row, "sila", now)
    elif name in NEWS and case.closed_at is None:
        tell(session, case, row, letter.body["public_url"], "sila", now)


def asked_again(session: Session, case: Case, letter: Letter, now: datetime) -> None:
    """While the partner's word on a place is awaited there is always a link that opens: each lives three days (C10)."""
    row = place_of(session, case, letter.body["reference"])
    links = links_of(session, LinkPurpose.PARTNER_PLACE, str(row.id)) if row else []
    if row and row.safe is None and not any(link.opens(wall()) for link in links):
        tell(session, case, row, letter.body["public_url"], "sila", now)


def place_of(session: Session, case: Case, reference: str) -> CountryInput | None:
    """The question about a place that a letter is about."""
    mine = select(CountryInput).where(CountryInput.case_id == case.id, CountryInput.reference == reference)
    return session.exec(mine).first()


def handover_of(session: Session, case: Case, letter: Letter, answer: Any) -> Handover | None:
    """The handover that a letter is about."""
    order = letter.body.get("order")
    known = order.handover_reference if order else letter.body.get("reference", answer)
    mine = select(Handover).where(Handover.case_id == case.id, Handover.partner == letter.body["partner"])
    rows = session.exec(mine.where(Handover.reference == known)).all()
    return next((row for row in rows if not row.back), None)


def unread(case: Case, effect: Effect, letter: Letter, now: datetime) -> Reconciliation:
    """Nothing to compare: the partner's words are the only books there are."""
    return Reconciliation(
        case_id=case.id, journey=case.journey, at=now, by="sila", subject=effect.subject,
        partner=letter.body["partner"], read=0, matched=0, differences=[],
    )  # fmt: skip
