"""Records that somebody outside asked about a person of this case, and what was done about it."""

from models.database import vault_of
from models.enquiry import EnquiryNote
from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused
from workflows.enquiry import write
from workflows.records.common import ANYBODY, PROTECTION, about, principal


def enquiry(r: Recording) -> None:
    """Somebody who works on the case was asked about its person."""
    row = write(r.session, r.body, r.by, r.now)
    row.looked_at = r.now
    r.save(EnquiryNote(**r.row, person_id=principal(r.session, r.case).id, enquiry_id=row.id))


def review(r: Recording) -> None:
    """A protection officer has looked at it."""
    row = about(r, EnquiryNote)
    if row.seen_at is not None:
        raise Refused("seen", "Somebody has looked at this enquiry already.")
    row.seen_at, row.seen_by = r.now, r.by
    vault_of(r.session).seal(row, action=r.body.action)


FACTS = (
    Fact("enquiry", i.EnquiryIn, (*ANYBODY, Role.PROTECTION_OFFICER, Role.MEDICAL_OFFICER, Role.SHELTER_PARTNER),
         enquiry),
    Fact("enquiry_review", i.EnquiryReviewIn, PROTECTION, review, only_when_asked=True),
)  # fmt: skip
