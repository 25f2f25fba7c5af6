"""Records what is done about incidents: each task, what an authority is told, and a new owner of a case."""

from collections.abc import Callable
from uuid import UUID

from sqlmodel import select

from models.consent import Consent, ConsentKind
from models.incident import AuthorityDisclosure, IncidentStep
from models.stage import Role
from workflows.commands import Fact, Recording, Refused
from workflows.inputs import Input
from workflows.inputs import incident as i
from workflows.lease import MOST_STUMBLES, let_go_on
from workflows.leaving import hand_on, owner
from workflows.records.common import OPERATIONS, PROTECTION, STAFF, person, principal


def step(kind: str) -> Callable[[Recording], None]:
    """The recorder of one task."""

    def record(r: Recording) -> None:
        """It was done."""
        _, _, who = r.body.about.partition(".")
        about = UUID(who) if who else principal(r.session, r.case).id
        row = IncidentStep(**r.row, person_id=about, kind=kind, subject=r.body.about, outcome=r.body.outcome)
        r.save(row, details=r.body.details)

    return record


def task(kind: str, roles: tuple[Role, ...], model: type[Input] = i.StepIn) -> Fact:
    """A fact that answers one task."""
    return Fact(kind, model, roles, step(kind), only_when_asked=True)


def stop_sharing(r: Recording, recipient: str) -> None:
    """No more is shared with a recipient; a partner who had the case gives it back."""
    if r.case.partner == recipient:
        r.case.partner = None
    given = r.session.exec(
        select(Consent).where(
            Consent.case_id == r.case.id, Consent.journey == r.case.journey, Consent.recipient == recipient,
            Consent.kind == ConsentKind.TRANSFER,
        )
    ).all()  # fmt: skip
    for consent in given:
        kept = consent.model_dump(exclude={"id", "at", "by", "given"})
        r.session.add(Consent(**kept, at=r.now, by=r.by, given=False))


def authority_disclosure(r: Recording) -> None:
    """An authority was told something; the consent for it is written down with it (domain.md §6, detention)."""
    who = person(r) if r.body.person else principal(r.session, r.case)
    consent = r.save(
        Consent(
            **r.row, person_id=who.id, kind=ConsentKind.TRANSFER, recipient=r.body.recipient, purpose="authority",
            **r.body.consent.model_dump(),
        )
    )  # fmt: skip
    r.session.flush()
    r.save(
        AuthorityDisclosure(
            **r.row, person_id=who.id, recipient=r.body.recipient, what=r.body.what, consent_id=consent.id
        )
    )


def case_owner(r: Recording) -> None:
    """Somebody else answers for the case; what is still to be sent is sent on their behalf (F35)."""
    hand_on(r.session, r.case, owner(r.session, r.body.handle).handle, r.by, r.now)


def case_goes_on(r: Recording) -> None:
    """A stopped case is pushed again (F12)."""
    if r.case.stumbles < MOST_STUMBLES:
        raise Refused("not_stopped", "The case has not stopped.")
    let_go_on(r.case)


STEPS = (
    task("lawyer_called", (*PROTECTION, Role.COUNSELLOR)),
    task("non_refoulement_review", PROTECTION),
    task("detention_visit", (*PROTECTION, Role.COUNSELLOR)),
    task("suspension_review", (Role.SUPERVISOR, Role.OPERATIONS), i.SuspensionReviewIn),
    task("welfare_check", PROTECTION),
    task("duty_officer_informed", OPERATIONS),
    task("family_notice", PROTECTION),
    task("consular_notice", OPERATIONS),
    task("explain_reversal", STAFF),
    task("life_risk_review", PROTECTION, i.LifeRiskIn),
    task("protection_measures", PROTECTION),
    task("breach_recall", OPERATIONS),
    task("breach_notice", OPERATIONS),
    task("people_told", STAFF),
    task("protection_response", PROTECTION),
    task("next_step", OPERATIONS),
    Fact("authority_disclosure", i.AuthorityDisclosureIn, (*PROTECTION, Role.COUNSELLOR), authority_disclosure),
    Fact("case_goes_on", i.CaseGoesOnIn, (Role.OPERATIONS, Role.SUPERVISOR), case_goes_on),
    Fact("case_owner", i.CaseOwnerIn, (Role.SUPERVISOR, Role.OPERATIONS), case_owner),
)
