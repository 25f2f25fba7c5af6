"""Somebody is heard of again: they call, or there are signs of new exploitation. Closed cases open as a new episode."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from models.case import Case
from models.event import append
from models.follow_up import ContactAttempt, RetraffickingReport
from models.incident import IncidentKind
from models.screening import Screening
from models.staff import Staff
from models.stage import Role
from workflows.commands import NotAllowed, Recording, touch, void_intents
from workflows.episodes import next_episode
from workflows.facts import Facts
from workflows.gates.follow_up import since
from workflows.gather import gather
from workflows.house import House
from workflows.inputs.closure import ReopenIn
from workflows.inputs.follow_up import CalledIn, RetraffickingIn
from workflows.lease import lock
from workflows.patience import OPEN
from workflows.records.closure import close
from workflows.records.common import principal
from workflows.records.incident import happened

MAY_HEAR = (Role.COUNSELLOR, Role.SUPERVISOR, Role.PROTECTION_OFFICER)
MAY_REPORT = (*MAY_HEAR, Role.RECEIVING_PARTNER, Role.SHELTER_PARTNER, Role.MEDICAL_OFFICER)


@dataclass(frozen=True)
class Heard:
    """The case in which it goes on; ``is_new`` when that is a new episode."""

    ref: str
    is_new: bool


def person_called(house: House, ref: str, said: CalledIn, who: Staff) -> Heard:
    """Somebody calls. In an open case they were reached; a closed one opens again by itself (domain.md §1.11).

    Raises NotAllowed, or Refused where the case cannot open again.
    """
    allow(who, MAY_HEAR)
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        old = lock(session, ref)
        case = old if old.closed_at is None else follow(session, old, said, "person_called", who.handle, now)
        r = Recording(session, case, said, who.handle, now, who)
        row = ContactAttempt(
            **r.row, person_id=principal(session, case).id, channel=said.channel, result="reached", tried_at=now
        )
        r.save(row, noticed=said.said)
        append(session, case.ref, "person.called", who.handle, now)
        if said.safe is False:
            happened(r, IncidentKind.ALERT, principal(session, case), reason="unsafe")
        touch(case, now)
        return Heard(case.ref, case is not old)


def retrafficking_suspected(house: House, ref: str, said: RetraffickingIn, who: Staff) -> Heard:
    """Signs of new exploitation: a new episode with a protection officer at once, linked to the old one.

    While something of the open case is still under way outside, it stays open and takes the alert itself: a ticket or
    a payment is never left alone. No authority is told by this. Raises NotAllowed, or Refused.
    """
    allow(who, MAY_REPORT)
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        old = lock(session, ref)
        r = Recording(session, old, said, who.handle, now, who)
        case = old
        if old.closed_at is not None or end(r, gather(session, old, now)):
            case = follow(session, old, said, "protection", who.handle, now)
        report(session, old, case, said, who, now)
        touch(case, now)
        return Heard(case.ref, case is not old)


def allow(who: Staff, roles: tuple[Role, ...]) -> None:
    """Raises NotAllowed."""
    if not who.has(*roles):
        raise NotAllowed("role", f"Only {' or '.join(role.value for role in roles)} may record this.")


def follow(session: Session, old: Case, said: Any, reason: Any, by: str, now: datetime) -> Case:
    """The next episode, under whoever answers for the case."""
    session.flush()
    again = ReopenIn(reason=reason, contact=said.contact, data_consent=said.data_consent)
    return next_episode(session, old, again, by, now)


def end(r: Recording, facts: Facts) -> bool:
    """Close the open case for the new episode, where the person has arrived and nothing is under way outside."""
    under_way = any(effect.state in OPEN and effect.state != "intended" for effect in facts.effects)
    paying = any(one.payment == "ordered" for one in facts.instalments or ())
    if since(facts) is None or under_way or paying or facts.shelter.stays:
        return False
    void_intents(r.session, r.case, r.now)
    close(r, facts, "retrafficking")
    append(r.session, r.case.ref, "case.closed", r.by, r.now, reason="retrafficking")
    touch(r.case, r.now)
    return True


def report(session: Session, old: Case, case: Case, said: RetraffickingIn, who: Staff, now: datetime) -> None:
    """The sign, the alert, and that the person counts as a possible victim until somebody has decided."""
    r = Recording(session, case, said, who.handle, now, who)
    person = principal(session, case)
    row = RetraffickingReport(
        **r.row, person_id=person.id, source=said.source, next_ref=case.ref if case is not old else None
    )
    r.save(row, details=said.details)
    r.save(Screening(**r.row, person_id=person.id, vulnerable=True), suspicion=True, result="possible")
    happened(r, IncidentKind.ALERT, person, reason="retrafficking")
