"""Records claims for protection and the legal advice on them."""

from uuid import UUID

from sqlmodel import col, select

from models import protection
from models.base import new_id
from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.duties.protection import SCREENED
from workflows.pathways import rules_of
from workflows.pathways.tables.protection import ReturnBar
from workflows.records.common import PROTECTION, person, principal


def claim(r: Recording) -> None:
    """A claim, or how it stands now. It ends only by a paper, and where it is given up, with counsel."""
    bar, who, known = bar_of(r), person(r), newest(r, r.body.claim)
    if r.body.claim and (known is None or known.person_id != who.id or opened(r, known) != r.body.kind):
        raise Wrong("unknown", "claim: not a claim of this kind and person in this case; leave it out for a new one.")
    if r.body.status in bar.ends:
        ended(r, bar)
    row = protection.ProtectionClaim(
        **r.row, person_id=who.id, claim_id=r.body.claim or new_id(), decision_hash=r.body.decision_sha256
    )
    said = r.body.model_dump(include={"kind", "status", "court_on", "narrative"}, mode="json")
    r.save(row, **said)


def bar_of(r: Recording) -> ReturnBar:
    """The rule of this kind of claim. Raises Wrong for a kind or a status that it does not have."""
    bars = {bar.kind: bar for bar in rules_of(r.case.pathway, r.case.pathway_version).rows(ReturnBar)}
    if r.body.kind not in bars:
        raise Wrong("unknown_code", f"kind: one of {', '.join(bars)}.", "kind")
    statuses = (*bars[r.body.kind].bars, *bars[r.body.kind].ends)
    if r.body.status not in statuses:
        raise Wrong("unknown_code", f"status: one of {', '.join(statuses)}.", "status")
    return bars[r.body.kind]


def ended(r: Recording, bar: ReturnBar) -> None:
    """Nobody's word alone ends a claim; giving one up needs a lawyer's advice in writing first (domain.md §2.6)."""
    if r.body.decision_sha256 is None:
        raise Wrong("no_paper", "decision_sha256: give the hash of the paper that says so.", "decision_sha256")
    if r.body.status in bar.needs_counsel and str(r.body.claim) not in counselled(r):
        raise Refused(
            "no_counsel", "Record first that a lawyer advised the person on this claim in writing (legal_aid)."
        )


def newest(r: Recording, claim_id: UUID | None) -> protection.ProtectionClaim | None:
    """How a claim of this case stood last."""
    kind = protection.ProtectionClaim
    query = select(kind).where(kind.case_id == r.case.id, kind.claim_id == claim_id)
    return r.session.exec(query.order_by(col(kind.at).desc(), col(kind.id).desc())).first()


def opened(r: Recording, row: protection.ProtectionClaim) -> str:
    """The kind of a claim."""
    return str(r.session.info["vault"].open(row, "kind"))


def counselled(r: Recording) -> set[str]:
    """The claims of the case on which there is written advice."""
    kind = protection.LegalAid
    return set(r.session.exec(select(kind.subject).where(kind.case_id == r.case.id, kind.in_writing == True)))  # noqa: E712


def legal_aid(r: Recording) -> None:
    """A lawyer advised the person on a claim."""
    if r.body.about == SCREENED:
        who = principal(r.session, r.case).id
    else:
        try:
            row = newest(r, UUID(r.body.about))
        except ValueError:
            row = None
        if row is None:
            raise Wrong("unknown", "about: not a claim of this case; the question names it.", "about")
        who = row.person_id
    kept = protection.LegalAid(
        **r.row, person_id=who, subject=r.body.about, in_writing=r.body.in_writing, document_hash=r.body.sha256
    )
    r.save(kept, provider=r.body.provider)


FACTS = (
    Fact("protection_claim", i.ProtectionClaimIn, (*PROTECTION, Role.COUNSELLOR), claim),
    Fact("legal_aid", i.LegalAidIn, (*PROTECTION, Role.COUNSELLOR), legal_aid),
)
