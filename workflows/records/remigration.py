"""Records what is learned afterwards: a new migration, new exploitation, and when an authority is told of a danger."""

from uuid import UUID

from models.follow_up import Remigration, VitalInterest
from models.reintegration import ClaimDecision
from models.stage import Role
from workflows.commands import TELLING, Fact, Recording, Refused, void_intents
from workflows.gates.follow_up import since
from workflows.gather import gather
from workflows.inputs import follow_up as i
from workflows.records.common import PROTECTION, STAFF, about, principal
from workflows.records.survey import check_reason


def remigrated(r: Recording) -> None:
    """No failure of anybody's. What was approved is theirs; whatever else was planned ends (domain.md §6)."""
    facts = gather(r.session, r.case, r.now)
    if since(facts) is None:
        raise Refused("not_there", "The person has not arrived yet: record a withdrawal or what happened on the way.")
    check_reason(facts, r.body.reason)
    said = r.body.model_dump(include={"assistance", "transferred_to"})
    row = Remigration(**r.row, **said, person_id=principal(r.session, r.case).id)
    r.save(row, reason=r.body.reason, whereabouts=r.body.whereabouts)
    void_intents(r.session, r.case, r.now, TELLING)
    for one in facts.instalments or ():
        if one.is_open and not one.approved and not one.payment:
            r.save(ClaimDecision(**r.row, instalment_id=UUID(one.id), lapse_reason="remigrated"))  # fmt: skip


def vital_interest(r: Recording) -> None:
    """The first of two words: nothing is told on it alone."""
    said = r.body.model_dump(include={"recipient", "what"})
    row = VitalInterest(**r.row, **said, person_id=principal(r.session, r.case).id)
    r.save(row, reason=r.body.reason)


def vital_interest_review(r: Recording) -> None:
    """The second word, by somebody else."""
    first = about(r, VitalInterest)
    if r.by == first.by:
        raise Refused("four_eyes", "Somebody else than who asked for it must agree: ask another officer.")
    row = VitalInterest(
        **r.row, person_id=first.person_id, recipient=first.recipient, what=first.what, agreed=r.body.agreed,
        first_id=first.id,
    )  # fmt: skip
    r.save(row, reason=r.body.reason)


FACTS = (
    Fact("remigrated", i.RemigratedIn, (*STAFF, Role.PROTECTION_OFFICER, Role.RECEIVING_PARTNER), remigrated),
    Fact("vital_interest", i.VitalInterestIn, PROTECTION, vital_interest),
    Fact("vital_interest_review", i.VitalInterestReviewIn, PROTECTION, vital_interest_review, only_when_asked=True),
)
