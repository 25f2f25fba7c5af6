"""Beside the handover: calls to a silent partner, incidents, what it gives back, and the proof that data are gone."""

from collections.abc import Iterable, Iterator

from models.handover_state import EXITS
from models.stage import Role, Stage
from workflows.facts import Booking, Facts, Handover
from workflows.gates.partner_handover import departure_of, in_time
from workflows.handover.access import is_new, why_recall
from workflows.handover.clock import answer_ladder, meet_ladder, report_ladder
from workflows.handover.telling import is_reported
from workflows.patience import attempt, duty
from workflows.standing import Asking, Duty, Party, say

HERE = Stage.PARTNER_HANDOVER


def duties(facts: Facts) -> Iterable[Duty]:
    """All of them; those of the ladder open when their rung is reached."""
    yield from incidents(facts)
    yield from certificates(facts)
    yield from stuck(facts)
    yield from returns(facts)
    handover = facts.handover
    if handover is None:
        yield from unmet(facts, handover)
        return
    yield from unanswered(facts, handover)
    yield from unmet(facts, handover)
    yield from unreported(facts, handover)
    yield from too_late(facts, handover)


def unanswered(facts: Facts, handover: Handover) -> Iterator[Duty]:
    """The case manager calls when the partner's manager is reminded, the office over there two days after the limit."""
    if handover.status != "offered" or handover.partner != facts.partner:
        return
    at, why = {rung.name: rung.at for rung in answer_ladder(facts, handover)}, say("handover.call")
    subject = f"{handover.id}.partner_manager"
    if subject not in facts.reception.called:
        yield duty(facts, HERE, Role.COUNSELLOR, "partner_call", why, opens_at=at["partner_manager"], subject=subject)
    subject = f"{handover.id}.country_office"
    if subject not in facts.reception.called:
        at_office = at["country_office"]
        yield duty(facts, HERE, Role.COUNTRY_OFFICE, "partner_call", why, opens_at=at_office, subject=subject)


def unmet(facts: Facts, handover: Handover | None) -> Iterator[Duty]:
    """Landed, and nobody says that the person was met: a call, then the duty officer; alone, a protection officer."""
    booking = facts.booking
    if not facts.departed or facts.arrived_at or booking is None:
        return
    partner = facts.partner
    if partner and partner not in facts.may_share_with and not is_new(facts, partner):
        return  # the stage itself asks for the arrival then
    if handover is None or handover.status in EXITS:
        landed, why = meet_ladder(facts, booking)[0].at, say("handover.nobody_meets")
        yield duty(facts, HERE, Role.PROTECTION_OFFICER, "arrival", why, opens_at=landed, within="emergency")
    elif handover.status == "accepted":
        yield from calls_after_landing(facts, handover, booking)


def calls_after_landing(facts: Facts, handover: Handover, booking: Booking) -> Iterator[Duty]:
    """Two hours after landing somebody phones, six hours after it the duty officer over there sees to it."""
    at, why = {rung.name: rung.at for rung in meet_ladder(facts, booking)}, say("handover.call_landed")
    subject = f"{handover.id}.phone"
    if subject not in facts.reception.called:
        yield duty(
            facts, HERE, Role.COUNSELLOR, "partner_call", why, opens_at=at["phone"], within="emergency", subject=subject
        )
    subject = f"{handover.id}.duty_officer"
    if subject not in facts.reception.called:
        yield duty(
            facts, HERE, Role.COUNTRY_OFFICE, "partner_call", why, opens_at=at["duty_officer"], within="emergency",
            subject=subject,
        )  # fmt: skip


def unreported(facts: Facts, handover: Handover) -> Iterator[Duty]:
    """A week and five days after the arrival nobody has reported a contact in private: the office over there goes."""
    known = is_reported(facts, handover)
    subject = f"{handover.id}.first_week"
    if facts.arrived_at is None or known or handover.status in EXITS or subject in facts.reception.called:
        return
    opens_at = report_ladder(facts, facts.arrived_at)[-1].at
    why = say("handover.first_week")
    yield duty(facts, HERE, Role.COUNTRY_OFFICE, "partner_call", why, opens_at=opens_at, subject=subject)


def incidents(facts: Facts) -> Iterator[Duty]:
    """Each open incident, until somebody of protection has written down what came of it."""
    for one in facts.reception.incidents:
        if one.is_open:
            why = say("handover.incident", kind=one.kind)
            yield duty(
                facts, HERE, Role.PROTECTION_OFFICER, "protection_incident", why, within="emergency", subject=one.id
            )


def certificates(facts: Facts) -> Iterator[Duty]:
    """What a partner was told and no longer needs is given back or destroyed, and it certifies that."""
    for one in facts.handovers:
        if one.status in EXITS and one.identity_sent and not one.back and one.id not in facts.reception.certified:
            yield duty(
                facts, HERE, Role.OPERATIONS, "data_certificate", say("handover.certificate"), within="certificate",
                subject=one.id,
            )  # fmt: skip


def stuck(facts: Facts) -> Iterator[Duty]:
    """A recall that never reaches the partner is a person's, while the case goes on with another partner."""
    for one in facts.handovers:
        if why_recall(facts, one) in ("replaced", "expired", "partner_left"):
            recalling = attempt(facts, "recall_handover", one.id, say("handover.recall"), Party.PARTNER)
            if isinstance(recalling, Asking):
                yield Duty(HERE, recalling, facts.now)


def returns(facts: Facts) -> Iterator[Duty]:
    """A partner wants to give the person back: that is an offer like ours, and needs our acceptance."""
    for one in facts.handovers:
        if one.back and one.status == "offered" and one.journey == facts.journey:
            why = say("handover.return_offered")
            yield duty(facts, HERE, Role.COUNSELLOR, "handover_return", why, within="urgent", subject=one.id)


def too_late(facts: Facts, handover: Handover) -> Iterator[Duty]:
    """The flight leaves the partner too little time: the journey is planned anew."""
    if facts.departed or not facts.is_vulnerable or handover.status != "accepted" or departure_of(facts) is None:
        return
    why = in_time(facts, handover)
    if why is not None and why.code == "handover.too_late":
        yield duty(facts, Stage.FLIGHT_BOOKING, Role.MOVEMENT_OFFICER, "journey_plan", why)
