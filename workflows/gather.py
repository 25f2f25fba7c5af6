"""Reads the facts of one case out of the database, in the transaction of its caller."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, col, select

from models import booking as b
from models import clearance, counselling, departure, reintegration, risk_assessment, travel_document
from models.case import Case
from models.consent import Consent, ConsentKind
from models.database import vault_of
from models.effect import Effect
from models.handover import Handover
from models.person import Contact, Person
from models.question import Question
from workflows import facts as f
from workflows.pathways import rules_of

T = TypeVar("T", bound=SQLModel)


class Reader:
    """The rows of one case, oldest first; most kinds count only for the journey they were written in."""

    def __init__(self, session: Session, case: Case) -> None:
        self.session, self.case, self.vault = session, case, vault_of(session)

    def all(self, kind: type[T]) -> Sequence[T]:
        """Every row of a kind, of all journeys."""
        columns: Any = kind
        order = (columns.at, columns.id) if hasattr(kind, "at") else (columns.id,)
        return self.session.exec(select(kind).where(columns.case_id == self.case.id).order_by(*order)).all()

    def current(self, kind: type[T]) -> list[T]:
        """Those of the current journey."""
        return [row for row in self.all(kind) if row.journey == self.case.journey]  # type: ignore[attr-defined]

    def latest(self, kind: type[T]) -> T | None:
        """The newest of the current journey."""
        rows = self.current(kind)
        return rows[-1] if rows else None


def gather(session: Session, case: Case, now: datetime) -> f.Facts:
    """The facts of a case at an instant."""
    read = Reader(session, case)
    consents = read.all(Consent)
    boarding = last_boarding(read)
    arrival = read.latest(departure.Arrival)
    choice = read.latest(counselling.TrackChoice)
    approval = read.latest(b.PriceApproval)
    return f.Facts(
        now=now,
        rules=rules_of(case.pathway, case.pathway_version),
        ref=case.ref,
        track=case.track,
        journey=case.journey,
        partner=case.partner,
        people=travellers(read, consents),
        withdrawn_at=case.withdrawn_at,
        closed=case.closed_at is not None,
        closure_reason=case.outcome,
        data_consent=has_consented(consents, ConsentKind.DATA),
        may_share_with=frozenset(recipients(read, consents)),
        contact_hours=contact_hours(read),
        screening=screening(read),
        session=session_of(read),
        choice_at=choice.at if choice else None,
        supports=frozenset((row.need, row.subject) for row in read.current(counselling.Support)),
        country_input=country_input(read),
        risk=risk(read),
        exit=exit_of(read),
        plan_of_journey=plan_of_journey(read),
        offers=offers(read),
        price_cap=approval.up_to if approval else None,
        rebooked=frozenset(row.booking_generation for row in read.current(b.RebookDecision)),
        bookings=bookings(read),
        handovers=handovers(read),
        boarding=boarding.outcome if boarding else None,
        departed_at=boarding.departed_at if boarding else None,
        arrived_at=arrival.arrived_at if arrival else None,
        instalments=instalments(read),
        check_ins=check_ins(read),
        reviewed=frozenset(row.subject for row in read.current(reintegration.SafetyReview)),
        effects=effects(read),
        asked=asked(read),
    )


def travellers(read: Reader, consents: Sequence[Consent]) -> tuple[f.Traveller, ...]:
    """The people, principal first."""
    people = sorted(read.all(Person), key=lambda person: (not person.principal, person.id))
    per_kind = {
        kind: read.current(kind)
        for kind in (
            travel_document.Application,
            clearance.HealthClearance,
            risk_assessment.BestInterests,
            departure.Reconfirmation,
        )
    }
    documents = read.all(travel_document.TravelDocument)
    return tuple(traveller(read, person, documents, per_kind, consents) for person in people)


def traveller(
    read: Reader,
    person: Person,
    documents: Sequence[travel_document.TravelDocument],
    rows: dict[type[Any], list[Any]],
    consents: Sequence[Consent],
) -> f.Traveller:
    """One person with the newest of everything."""

    def newest(kind: type[Any]) -> Any:
        mine = [row for row in rows[kind] if row.person_id == person.id]
        return mine[-1] if mine else None

    application = newest(travel_document.Application)
    fit = newest(clearance.HealthClearance)
    best = newest(risk_assessment.BestInterests)
    yes = newest(departure.Reconfirmation)
    born = read.vault.open_date(person, "born_on")
    if born is None:
        raise ValueError("a person without a birth date cannot be decided about")
    return f.Traveller(
        id=str(person.id),
        principal=person.principal,
        born_on=born,
        documents=tuple(f.Document(d.kind, d.expires_on) for d in documents if d.person_id == person.id),
        application=application
        and f.Application(application.status, application.at, application.looked_at, application.generation),
        fitness=fit and f.Fitness(bool(read.vault.open(fit, "fit")), fit.valid_from, fit.valid_until),
        declared_at=declared_at(read, person, consents),
        best_interests=best and (best.in_favour and best.guardian_consents and best.carer_confirmed),
        reconfirmed_at=yes.at if yes and yes.still_wants else None,
    )


def declared_at(read: Reader, person: Person, consents: Sequence[Consent]) -> datetime | None:
    """When this person's live declaration for this journey was signed."""
    mine = [
        row
        for row in consents
        if row.kind is ConsentKind.DECLARATION and row.person_id == person.id and row.journey == read.case.journey
    ]
    return mine[-1].at if mine and mine[-1].given else None


def has_consented(consents: Sequence[Consent], kind: ConsentKind) -> bool:
    """The newest word of this kind is yes."""
    words = [row for row in consents if row.kind is kind]
    return bool(words) and words[-1].given


def recipients(read: Reader, consents: Sequence[Consent]) -> list[str]:
    """Partners with whom the person, on this journey, lets us share for reception."""
    newest = {
        row.recipient: row.given
        for row in consents
        if row.kind is ConsentKind.TRANSFER and row.journey == read.case.journey and row.recipient
    }
    return [recipient for recipient, given in newest.items() if given]


def contact_hours(read: Reader) -> tuple[str, int, int] | None:
    """The safe hours of the principal's newest contact, while it is safe."""
    contacts = read.all(Contact)
    if not contacts or not contacts[-1].safe:
        return None
    return contacts[-1].zone, contacts[-1].from_hour, contacts[-1].to_hour


def screening(read: Reader) -> f.Screening | None:
    """Screening outlives a journey: who somebody is does not change with their plans."""
    rows = read.all(counselling.Screening)
    if not rows:
        return None
    row = rows[-1]
    return f.Screening(rows[0].at, str(read.vault.open(row, "result")), row.vulnerable, row.asylum_pending)


def session_of(read: Reader) -> f.Session | None:
    """The newest counselling session; options add up over the sessions of a journey."""
    rows = read.current(counselling.CounsellingSession)
    if not rows:
        return None
    options = frozenset(option for row in rows for option in row.options)
    coerced = bool(read.vault.open(rows[-1], "coercion_flags"))
    return f.Session(rows[-1].at, options, coerced, any(row.reflection_waived for row in rows))


def country_input(read: Reader) -> f.CountryInput | None:
    """The newest question to a partner about the place."""
    row = read.latest(risk_assessment.CountryInput)
    return f.CountryInput(row.at, row.safe) if row else None


def risk(read: Reader) -> f.Risk | None:
    """The newest assessment with its approval."""
    row = read.latest(risk_assessment.RiskAssessment)
    if row is None:
        return None
    approvals = [a for a in read.current(risk_assessment.RiskApproval) if a.assessment_id == row.id]
    approved = approvals[-1].approved if approvals else None
    return f.Risk(str(row.id), row.at, str(read.vault.open(row, "level")), row.valid_until, approved)


def exit_of(read: Reader) -> f.Exit | None:
    """The newest exit clearance."""
    row = read.latest(clearance.ExitClearance)
    return f.Exit(row.cleared, row.told_the_person, row.valid_until) if row else None


def plan_of_journey(read: Reader) -> f.JourneyPlan | None:
    """The newest journey plan."""
    row = read.latest(b.JourneyPlan)
    return f.JourneyPlan(row.at, row.depart_on) if row else None


def offers(read: Reader) -> tuple[f.Offer, ...]:
    """Everything that was on offer in this journey."""
    return tuple(
        f.Offer(str(row.id), row.round, row.price, row.expires_at, row.connections, row.can_hold)
        for row in read.current(b.Offer)
    )


def bookings(read: Reader) -> tuple[f.Booking, ...]:
    """All bookings, of all journeys: what is live must be cancelled when it is stale."""
    return tuple(booking(read, row) for row in read.all(b.Booking))


def booking(read: Reader, row: b.Booking) -> f.Booking:
    """One booking with its first departure and last arrival."""
    flights = read.vault.open(row, "flights") or []
    departs = datetime.fromisoformat(flights[0]["departs_at"]) if flights else datetime.max.replace(tzinfo=UTC)
    arrives = datetime.fromisoformat(flights[-1]["arrives_at"]) if flights else departs
    return f.Booking(
        str(row.id), row.journey, row.generation, row.route, row.status, row.price, row.pay_by, row.looked_at,
        departs, arrives, row.recheck,
    )  # fmt: skip


def handovers(read: Reader) -> tuple[f.Handover, ...]:
    """All handovers, of all journeys."""
    return tuple(
        f.Handover(
            str(row.id), row.journey, row.generation, row.partner, row.status, row.waiting_since,
            row.reply_at is not None, row.identity_sent_at is not None,
        )
        for row in read.all(Handover)
    )  # fmt: skip


def last_boarding(read: Reader) -> departure.Boarding | None:
    """What happened at the gate with the newest booking of this journey."""
    newest = max((row.generation for row in read.current(b.Booking)), default=0)
    rows = [row for row in read.current(departure.Boarding) if row.generation == newest]
    return rows[-1] if rows else None


def instalments(read: Reader) -> tuple[f.Instalment, ...] | None:
    """The newest plan's instalments in order; None while there is no plan."""
    plan = read.latest(reintegration.Plan)
    if plan is None:
        return None
    rows = [row for row in read.current(reintegration.Instalment) if row.plan_id == plan.id]
    rows.sort(key=lambda row: row.ordinal)
    return tuple(
        f.Instalment(
            str(row.id), row.due_on, row.evidence_hash is not None, row.approved_by is not None, row.payment_status,
            row.paid_at or row.at,
        )
        for row in rows
    )  # fmt: skip


def check_ins(read: Reader) -> tuple[f.CheckIn, ...]:
    """Every check-in of this journey."""
    rows = read.current(reintegration.CheckIn)
    return tuple(f.CheckIn(row.point, row.reached, read.vault.open(row, "safe")) for row in rows)


def effects(read: Reader) -> tuple[f.Effect, ...]:
    """The ledger of the case."""
    return tuple(
        f.Effect(
            str(row.id), row.journey, row.action, row.subject, row.generation, row.state.value,
            row.settled_at or row.sent_at or row.at, row.next_try_at, row.attempts, row.code,
        )
        for row in read.all(Effect)
    )  # fmt: skip


def asked(read: Reader) -> dict[tuple[str, str], datetime]:
    """Since when each open question is asked."""
    rows = read.session.exec(
        select(Question).where(
            Question.case_id == read.case.id, col(Question.answered_at).is_(None), col(Question.voided_at).is_(None)
        )
    ).all()
    return {(row.kind, row.subject): row.at for row in rows}
