"""What a person consented to, what left the house on it, and who has read what they must not read unseen."""

from collections.abc import Sequence
from typing import TypeVar

from fastapi import APIRouter, Request
from sqlmodel import Session, col, select
from starlette.responses import HTMLResponse

from api.deps import HouseDep
from api.pages.engine import page
from api.pages.staff.case import Opened, doors, opened
from api.pages.visitor import StaffVisitor, Visitor
from models.access import Act, Field, may
from models.case import Case, OfJourney
from models.consent import Consent
from models.glass import ClassThreeRead
from models.handover import Disclosure
from models.queries.partners import names

router = APIRouter(prefix="/cases/{ref}", include_in_schema=False)
MOST = 100
T = TypeVar("T", bound=OfJourney)


@router.get("/sharing")
def sharing(ref: str, request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """Consents, disclosures and reads: kinds, recipients and instants, never what was in them."""
    with house.database.reading() as session:
        found = opened(session, visitor, ref, house.clock.now())
        values = {"consents": of(session, Consent, found.case), "sent": of(session, Disclosure, found.case),
                  "reads": reads(session, found.case) if may_see_reads(visitor, found) else None,
                  "called": names(session)}  # fmt: skip
    return page(
        request, "staff/sharing.html", visitor, 200, None, case=found.case, doors=doors(visitor, found), **values
    )


def of(session: Session, kind: type[T], case: Case) -> Sequence[T]:
    """The rows of a case, the newest first."""
    query = select(kind).where(kind.case_id == case.id).order_by(col(kind.at).desc())
    return session.exec(query.limit(MOST)).all()


def may_see_reads(visitor: Visitor, found: Opened) -> bool:
    """Auditors, and whoever may read more of the case than its process: what was read hints at what there is."""
    return may(visitor.staff, Act.AUDIT, found.ties) or Field.IDENTITY in found.fields


def reads(session: Session, case: Case) -> Sequence[ClassThreeRead]:
    """Who has read class 3, the newest first."""
    query = select(ClassThreeRead).where(ClassThreeRead.case_ref == case.ref).order_by(col(ClassThreeRead.at).desc())
    return session.exec(query.limit(MOST)).all()
