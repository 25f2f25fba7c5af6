"""Records what stops or suspends a case, and its end. What follows at once: intents are void, clocks stand still."""

from datetime import UTC, datetime, time

from sqlmodel import select

from models.event import append
from models.handover import Partner
from models.incident import Incident, IncidentKind
from models.person import Person
from models.stage import Role, Track
from workflows.commands import Fact, Recording, Refused, end_consents, void_intents
from workflows.facts import Incidents
from workflows.gather import Reader, gather
from workflows.gather.incidents import incidents
from workflows.inputs import incident as i
from workflows.records.common import ANYBODY, STAFF, person, principal
from workflows.records.incident_steps import STEPS, stop_sharing

ANY_STAFF = (*ANYBODY, Role.PROTECTION_OFFICER, Role.MEDICAL_OFFICER, Role.OPERATIONS)


def known(r: Recording) -> Incidents:
    """The incidents of the case as written down so far."""
    r.session.flush()
    return incidents(Reader(r.session, r.case))


def whom(r: Recording) -> Person:
    """The person it is about; the principal where nobody is named."""
    return person(r) if r.body.person else principal(r.session, r.case)


def happened(
    r: Recording,
    kind: IncidentKind,
    who: Person,
    *,
    at: datetime | None = None,
    reason: str | None = None,
    recipient: str | None = None,
) -> None:
    """Write it down under the next number."""
    numbers = r.session.exec(select(Incident.number).where(Incident.case_id == r.case.id)).all()
    instant = min(at.astimezone(UTC), r.now) if at else r.now
    row = Incident(
        **r.row, person_id=who.id, number=max(numbers, default=0) + 1, kind=kind, happened_at=instant, reason=reason,
        recipient=recipient,
    )  # fmt: skip
    r.save(row, details=getattr(r.body, "details", None))
    append(r.session, r.case.ref, f"incident.{kind.value}", r.by, r.now, number=row.number, reason=reason)


def suspend(r: Recording, kind: IncidentKind, who: Person, **more: object) -> None:
    """The case stands still: what was meant to be done is void, and everybody's clock stops."""
    happened(r, kind, who, **more)  # type: ignore[arg-type]
    void_intents(r.session, r.case, r.now)
    r.case.suspended_at = r.case.suspended_at or r.now


def release(r: Recording, begun: IncidentKind, ended: IncidentKind, who: Person | None) -> None:
    """The end of an incident. The case goes on when nothing else suspends it. Raises Refused when there is none."""
    live = [row for row in known(r).live(begun.value) if who is None or row.person == str(who.id)]
    if not live:
        raise Refused("not_so", f"There is no open record of this kind ({begun.value}): look at the case's status.")
    happened(r, ended, who or principal(r.session, r.case))
    if known(r).suspension is None:
        r.case.suspended_at = None


def detained(r: Recording) -> None:
    """Held by an authority."""
    suspend(r, IncidentKind.DETAINED, whom(r), at=r.body.since, reason=r.body.place)


def released(r: Recording) -> None:
    """Free again."""
    release(r, IncidentKind.DETAINED, IncidentKind.RELEASED, whom(r))


def absconded(r: Recording) -> None:
    """Gone, nobody knows where."""
    suspend(r, IncidentKind.ABSCONDED, whom(r))


def found(r: Recording) -> None:
    """Found, or back."""
    release(r, IncidentKind.ABSCONDED, IncidentKind.FOUND, whom(r))


def suspended(r: Recording) -> None:
    """By a supervisor, with a reason."""
    suspend(r, IncidentKind.SUSPENDED, principal(r.session, r.case), reason=r.body.reason)


def resumed(r: Recording) -> None:
    """By a supervisor."""
    release(r, IncidentKind.SUSPENDED, IncidentKind.RESUMED, None)


def deceased(r: Recording) -> None:
    """A death freezes the case of the principal, and suspends the case of those who mourn somebody else."""
    who = person(r)
    if str(who.id) in known(r).dead:
        raise Refused("known", "The death of this person is recorded already.")
    died = datetime.combine(r.body.died_on, time(), tzinfo=UTC) if r.body.died_on else None
    happened(r, IncidentKind.DECEASED, who, at=died, reason="principal" if who.principal else "dependant")
    end_journey(r, Track.NONE if who.principal else Track.UNDECIDED)
    if not who.principal:
        suspend(r, IncidentKind.SUSPENDED, principal(r.session, r.case), reason="bereavement")


def end_journey(r: Recording, track: Track) -> None:
    """Nothing of this journey goes on; what was bought or offered is taken back. Who has travelled has travelled."""
    void_intents(r.session, r.case, r.now)
    if not gather(r.session, r.case, r.now).departed:
        end_consents(r.session, r.case, r.by, r.now)
        r.case.journey, r.case.track = r.case.journey + 1, track


def reversal(r: Recording) -> None:
    """The host authority takes back its grant: possible until departure, whatever was arranged."""
    if gather(r.session, r.case, r.now).departed:
        raise Refused("departed", "The person has travelled: an authority's reversal changes nothing here any more.")
    happened(r, IncidentKind.REVERSED, principal(r.session, r.case))
    end_journey(r, Track.UNDECIDED if r.case.track is Track.RETURN else r.case.track)


def grant(r: Recording) -> None:
    """The authority grants it again."""
    release(r, IncidentKind.REVERSED, IncidentKind.GRANTED, None)


def breach(r: Recording) -> None:
    """Data reached the wrong hands. A partner who has them gets no more, and loses the case before departure."""
    who, recipient = principal(r.session, r.case), r.body.recipient
    happened(r, IncidentKind.BREACH, who, at=r.body.found_at, reason=r.body.what, recipient=recipient)
    if recipient and r.session.get(Partner, recipient) and not gather(r.session, r.case, r.now).departed:
        stop_sharing(r, recipient)


def alert(r: Recording) -> None:
    """Somebody may be in danger again."""
    happened(r, IncidentKind.ALERT, whom(r))


FACTS = (
    Fact("detained", i.DetainedIn, ANY_STAFF, detained),
    Fact("released", i.EndedIn, ANY_STAFF, released),
    Fact("absconded", i.AbscondedIn, ANY_STAFF, absconded),
    Fact("found", i.EndedIn, ANY_STAFF, found),
    Fact("deceased", i.DeceasedIn, ANY_STAFF, deceased),
    Fact("authority_reversal", i.ReversalIn, (*STAFF, Role.MOVEMENT_OFFICER), reversal),
    Fact("authority_grant", i.GrantIn, STAFF, grant),
    Fact("suspended", i.SuspendIn, (Role.SUPERVISOR,), suspended),
    Fact("resumed", i.ResumeIn, (Role.SUPERVISOR,), resumed),
    Fact("breach", i.BreachIn, ANY_STAFF, breach),
    Fact("protection_alert", i.AlertIn, ANY_STAFF, alert),
    *STEPS,
)
