"""What the person whose case it is may say and do by themselves: the only list of it, whatever page it comes from.

Nobody of the staff is needed for any of this, and nothing that is not in ``MAY`` can be said so.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from models.case import Case
from models.complaint import ANSWERED_WITHIN, Complaint, Topic
from models.glass import Alert
from models.house_seal import seal
from models.incident import IncidentKind
from models.person import ContactWord, Person
from models.staff import Staff
from models.stage import Role
from workflows.commands import Change, NotAllowed, Recording, Refused, asked, record, recorded, touch
from workflows.gates.follow_up import next_point
from workflows.gather import gather
from workflows.house import House
from workflows.inputs import Input
from workflows.inputs.incident import AlertIn
from workflows.lease import lock
from workflows.records import FACTS
from workflows.records.incident import happened

BY = "person"
CALLED_WITHIN = timedelta(days=1)
MAY: Mapping[str, Callable[[Any], bool]] = {
    "check_in": lambda said: said.reached and said.channel == "messenger",
    "survey": lambda said: said.mode == "self" and not said.proxy,
    "satisfaction": lambda said: True,
    "migration_intention": lambda said: True,
    "data_consent": lambda said: not said.given,
    "transfer_consent": lambda said: not said.given,
    "trusted_contact": lambda said: said.name is None,
    "contact_change": lambda said: said.how == "code_word" and said.contact is not None and said.replaces is not None,
}


def themselves() -> Staff:
    """The person as somebody who acts: no role, so that no other door lets them do anything."""
    return Staff(handle=BY, roles=[])


def say(house: House, ref: str, kind: str, said: Input) -> Change:
    """Record a fact of theirs. Raises NotAllowed for anything that is not theirs to say, and what ``record`` raises."""
    if kind not in MAY or not MAY[kind](said):
        raise NotAllowed("not_yours", "This is said together with a member of staff: ask for a call.")
    return record(house, ref, FACTS[kind], said, themselves(), own=True)


def say_if_asked(house: House, ref: str, kind: str, said: Input) -> Change:
    """The same while a question for it is open: what was answered already is not said twice. Raises Refused too."""
    if kind not in MAY or not MAY[kind](said):
        raise NotAllowed("not_yours", "This is said together with a member of staff: ask for a call.")
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        if not asked(session, case, kind, said.subject()):
            raise Refused("not_due", "There is nothing to answer now.")
        return recorded(session, case, FACTS[kind], said, themselves(), house.clock.now())


def due_point(house: House, ref: str) -> str:
    """The check-in that is due now. Raises Refused where none is."""
    now = house.clock.now()
    with house.database.reading() as session:
        case = session.exec(select(Case).where(Case.ref == ref)).one()
        point = next_point(gather(session, case, now))
    if point is None or point[1] > now:
        raise Refused("not_due", "There is nothing to answer now.")
    return point[0].code


def not_safe(house: House, ref: str) -> Change:
    """The person says that they are not safe: a protection officer acts at once, whatever else is due."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        person = session.exec(select(Person).where(Person.case_id == case.id, Person.principal)).one()
        call_for_help(session, case, person.id, "unsafe", now)
        return touch(case, now)


def want_a_call(house: House, ref: str, suits: str) -> None:
    """Whoever answers for the case is told to call, once while they have not."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        open_ones = select(Alert.id).where(Alert.case_ref == ref, col(Alert.kind).startswith("call_wanted"),
                                           col(Alert.done_at).is_(None))  # fmt: skip
        if session.exec(open_ones).first() is None:
            session.add(Alert(at=now, kind=f"call_wanted_{suits}", about=case.id, case_ref=ref, role=Role.COUNSELLOR,
                              handle=case.responsible, until=now + CALLED_WITHIN))  # fmt: skip


def call_for_help(session: Session, case: Case, person: UUID, reason: str, now: datetime) -> None:
    """An alert to protection, in the case and beside it: a closed case asks nobody. Duress stops every message.

    While nobody has seen to one, the same call is that one.
    """
    r = Recording(session, case, AlertIn(), BY, now, themselves())
    if reason == "duress":
        r.save(ContactWord(**r.row, person_id=person, word="duress"))
    known = select(Alert.id).where(
        Alert.kind == f"person_{reason}", Alert.about == person, col(Alert.done_at).is_(None)
    )
    if session.exec(known).first() is not None:
        return
    happened(r, IncidentKind.ALERT, session.get_one(Person, person), reason=reason)
    session.add(
        Alert(at=now, kind=f"person_{reason}", about=person, case_ref=case.ref, role=Role.PROTECTION_OFFICER, until=now)
    )
    touch(case, now)


def complain(house: House, ref: str, topic: Topic, text: str, *, named: bool, once: str) -> None:
    """To the supervisors, and never to whoever answers for the case. Without a name nothing says whose it is.

    ``once``: the random mark of a form; what was sent by it already is not kept again.
    """
    now, mark = house.clock.now(), hashlib.sha256(once.encode()).hexdigest()
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        if session.exec(select(Complaint.id).where(Complaint.once == mark)).first() is not None:
            return
        row = Complaint(at=now if named else day_of(now), topic=topic, case_ref=ref if named else None,
                        kept_from=case.responsible, until=now + ANSWERED_WITHIN, once=mark)  # fmt: skip
        seal(session, row, text=text)
        session.add(row)
        session.add(Alert(at=row.at, kind="complaint", about=row.id, case_ref=row.case_ref or "", role=Role.SUPERVISOR,
                          until=row.until))  # fmt: skip


def day_of(now: datetime) -> datetime:
    """The day alone: the minute of a complaint would tell whose it is."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def answer_complaint(house: House, complaint: UUID, text: str, who: Staff) -> None:
    """A supervisor's answer is kept; the person is told it by a call. Raises NotAllowed or Refused."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        row = session.exec(select(Complaint).where(Complaint.id == complaint).with_for_update()).first()
        if row is None or not who.has(Role.SUPERVISOR) or row.kept_from == who.handle:
            raise NotAllowed("role", "Another supervisor looks at this.")
        if row.answered_at is not None:
            raise Refused("answered", "This was answered already.")
        seal(session, row, answer=text)
        row.answered_at, row.answered_by = now, who.handle
        for alert in session.exec(select(Alert).where(Alert.about == complaint)):
            alert.done_at = now
