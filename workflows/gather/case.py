"""Gathers everything about one case at one instant."""

from datetime import datetime

from sqlmodel import Session

from models import booking as b
from models import counselling, departure, follow_up
from models.case import Case
from models.consent import Consent, ConsentKind
from models.effect import Effect
from models.question import Question
from workflows import facts as f
from workflows.gather.clearance import country_input, exit_of, risk
from workflows.gather.closure import closing
from workflows.gather.contact import contact
from workflows.gather.health import on_the_travel_day
from workflows.gather.incidents import as_they_stand, incidents
from workflows.gather.intake import intake
from workflows.gather.journey import bookings, handovers, last_boarding, offers, plan_of_journey
from workflows.gather.money import money
from workflows.gather.papers import papers
from workflows.gather.people import contact_hours, has_consented, recipients, travellers
from workflows.gather.protection import protection
from workflows.gather.reader import Reader
from workflows.gather.reception import reception
from workflows.gather.screening import screening
from workflows.gather.shelter import shelter
from workflows.gather.support import arrival_of, check_ins, instalments
from workflows.gather.travel import travel
from workflows.gather.voluntariness import session_of, voluntariness
from workflows.pathways import rules_of


def gather(session: Session, case: Case, now: datetime) -> f.Facts:
    """The facts of a case at an instant."""
    read = Reader(session, case)
    with read.undisturbed():
        return as_they_stand(read_all(read, case, now))


def read_all(read: Reader, case: Case, now: datetime) -> f.Facts:
    """Everything that was written down."""
    consents = read.all(Consent)
    people, boarding = travellers(read, consents), last_boarding(read)
    arrival = read.latest(departure.Arrival)
    choice = read.latest(counselling.TrackChoice)
    known = f.Facts(
        now=now,
        rules=rules_of(case.pathway, case.pathway_version),
        ref=case.ref,
        track=case.track,
        journey=case.journey,
        partner=case.partner,
        people=people,
        withdrawn_at=case.withdrawn_at,
        stopped_at=case.stopped_at,
        closed=case.closed_at is not None,
        closure_reason=case.outcome,
        data_consent=has_consented(consents, ConsentKind.DATA),
        may_share_with=frozenset(recipients(read, consents)),
        contact_hours=contact_hours(read, now),
        screening=screening(read),
        session=session_of(read),
        choice_at=choice.at if choice else None,
        supports=frozenset((row.need, row.subject) for row in read.all(counselling.Support)),
        country_input=country_input(read),
        risk=risk(read),
        exit=exit_of(read),
        plan_of_journey=plan_of_journey(read),
        offers=offers(read),
        rebooked=frozenset((row.part, row.booking_generation) for row in read.current(b.RebookDecision)),
        bookings=bookings(read),
        handovers=handovers(read),
        boarding=boarding.outcome if boarding else None,
        departed_at=boarding.departed_at if boarding else None,
        arrived_at=arrival.arrived_at if arrival else None,
        arrival=arrival_of(read),
        instalments=instalments(read),
        check_ins=check_ins(read),
        reviewed=frozenset(row.subject for row in read.current(follow_up.SafetyReview)),
        effects=effects(read),
        intake=intake(read),
        voluntariness=voluntariness(read, consents, now),
        protection=protection(read, people, now),
        papers=papers(read),
        travel=travel(read),
        reception=reception(read, now),
        money=money(read),
        contact=contact(read, people),
        shelter=shelter(read),
        incidents=incidents(read),
        closing=closing(read),
        asked=asked(read, now),
    )
    return on_the_travel_day(read, known)


def effects(read: Reader) -> tuple[f.Effect, ...]:
    """The ledger of the case."""
    return tuple(
        f.Effect(
            str(row.id), row.journey, row.action, row.subject, row.generation, row.state.value,
            row.settled_at or row.sent_at or row.at, row.next_try_at, row.attempts, row.code,
        )
        for row in read.all(Effect)
    )  # fmt: skip


def asked(read: Reader, now: datetime) -> dict[tuple[str, str], datetime]:
    """Since when each open question is asked."""
    rows = [row for row in read.all(Question) if row.answered_at is None and row.voided_at is None]
    return {(row.kind, row.subject): row.asked_since(now) for row in rows}
