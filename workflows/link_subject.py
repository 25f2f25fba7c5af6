"""What the link of a partner is about: a handover, or a question about a place. One row is one link's subject."""

from uuid import UUID

from sqlmodel import Session

from models.case import Case
from models.handover import Handover
from models.link import Link, LinkPurpose
from models.risk_assessment import CountryInput

Subject = Handover | CountryInput
# Where its page is: a letter that says nothing.
PLACES = {LinkPurpose.PARTNER_HANDOVER: "h", LinkPurpose.PARTNER_PLACE: "p"}


def purpose_of(row: Subject) -> LinkPurpose:
    """For what a link to this row is made."""
    return LinkPurpose.PARTNER_HANDOVER if isinstance(row, Handover) else LinkPurpose.PARTNER_PLACE


def version_of(row: Subject) -> str:
    """The hash of what was frozen for the partner: a link opens this and nothing newer (C10)."""
    frozen = row.preview_sha256 if isinstance(row, Handover) else row.question_sha256
    return frozen or ""


def row_of(session: Session, purpose: LinkPurpose, row_id: UUID) -> Subject | None:
    """The row that links of a purpose are about."""
    if purpose is LinkPurpose.PARTNER_PLACE:
        return session.get(CountryInput, row_id)
    return session.get(Handover, row_id)


def subject_of(session: Session, link: Link) -> Subject | None:
    """The row of a link, while it is for the recipient and the version that the link was made for (S15)."""
    row = row_of(session, link.purpose, UUID(link.subject))
    if row is None or row.partner != link.recipient or version_of(row) != link.version:
        return None
    return row


def case_of(session: Session, link: Link) -> Case:
    """The case that a link's subject belongs to. Raises LookupError for a subject that is gone."""
    row = row_of(session, link.purpose, UUID(link.subject))
    if row is None:
        raise LookupError("a link without its subject")
    return session.get_one(Case, row.case_id)
