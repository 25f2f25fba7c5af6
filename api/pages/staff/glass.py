"""Emergency access to a case that is not one's own, and the second person's word on it (control C4).

The page is the same for every reference, whether there is such a case or not (T14). Only whoever has given a reason and
shown the second factor is told; that is written down, and reviewed like an access.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.deps import HouseDep
from api.errors import Problem
from api.pages.engine import page
from api.pages.limits import limited
from api.pages.places import N_
from api.pages.proof import must_have_proved
from api.pages.staff.risk_form import text
from api.pages.staff.withdrawal import is_theirs
from api.pages.visitor import Posted, PostingStaff, StaffVisitor, Visitor
from models.access import Act, may
from models.case import UnknownCase
from models.queries.access import Denied
from models.queries.glass import to_review
from workflows.commands import Wrong
from workflows.glass import SHORTEST_REASON, break_glass, check, read_reason, review

router = APIRouter(include_in_schema=False)
LONGEST = 2000
MOST, PER = 10, timedelta(hours=1)
KINDS = {
    "life_at_risk": N_("A life or somebody's safety is at risk"),
    "colleague_absent": N_("The colleague who works on it cannot be reached, and it cannot wait"),
    "authority_request": N_("An authority asks, and the law lets it"),
    "complaint": N_("A complaint must be looked into"),
    "data_subject_request": N_("The person asks for their own data"),
    "other": N_("Something else"),
}
WRONG = {
    "category": N_("Choose why it is needed."),
    "reason": N_("Say in at least twenty letters what has happened."),
}
NO_CASE = N_("There is no case of this reference. That you asked for it was written down, and will be reviewed.")


def allowed(visitor: Visitor, act: Act) -> None:
    """Raises Denied for a role that does not do this, whatever the case."""
    if not may(visitor.staff, act):
        raise Denied


@router.get("/cases/{ref}/break-glass")
def ask(ref: str, request: Request, visitor: StaffVisitor, house: HouseDep) -> Response:
    """What it means, and why it is needed. Whoever sees the case anyway is led to it."""
    allowed(visitor, Act.BREAK_GLASS)
    if is_theirs(house, visitor, ref):
        return RedirectResponse(f"/cases/{ref}", 303)
    return asking(request, visitor, ref)


def asking(request: Request, visitor: Visitor, ref: str, wrong: str = "", **typed: str) -> Response:
    """The page, perhaps with the field that is wrong."""
    values: dict[str, Any] = {"typed": {"category": "", "reason": ""} | typed, "field": wrong}
    return page(
        request, "staff/break_glass.html", visitor, 422 if wrong else 200, ref=ref, error=WRONG.get(wrong, ""),
        kinds=KINDS, shortest=SHORTEST_REASON, longest=LONGEST, **values,
    )  # fmt: skip


@router.post("/cases/{ref}/break-glass")
def broken(ref: str, request: Request, visitor: PostingStaff, form: Posted, house: HouseDep) -> Response:
    """Raises Denied, ProofNeeded, NotAllowed, Refused, or Problem where there is no such case."""
    allowed(visitor, Act.BREAK_GLASS)
    category, reason = text(form, "category") or "", (text(form, "reason") or "")[:LONGEST]
    try:
        check(category, reason, fresh=True)
    except Wrong as wrong:
        return asking(request, visitor, ref, wrong.field or "reason", category=category, reason=reason)
    must_have_proved(request, visitor)
    limited(request, f"emergency access by {visitor.staff.handle}", MOST, PER)
    try:
        break_glass(house, ref, category, reason, visitor.staff, fresh=True)
    except UnknownCase:
        raise Problem(404, "no_case", NO_CASE) from None
    return RedirectResponse(f"/cases/{ref}", 303)


@router.get("/reviews")
def queue(request: Request, visitor: StaffVisitor, house: HouseDep) -> Response:
    """Emergency accesses that wait for a second person's word. Raises Denied."""
    allowed(visitor, Act.REVIEW)
    with house.database.reading() as session:
        rows = to_review(session, visitor.staff)
    return page(request, "staff/reviews.html", visitor, rows=rows, kinds=KINDS)


@router.get("/reviews/{glass}")
def one(glass: UUID, request: Request, visitor: StaffVisitor, house: HouseDep) -> Response:
    """One of them with its reason; that it was read is written down before."""
    return judging(glass, request, visitor, house)


def judging(glass: UUID, request: Request, visitor: Visitor, house: HouseDep, status: int = 200) -> Response:
    """The page, also when the word lacks something. Raises Denied, Problem, NotAllowed, Refused."""
    allowed(visitor, Act.REVIEW)
    try:
        row, reason = read_reason(house, glass, visitor.staff)
    except Wrong:
        raise Problem(404, "unknown_page", "There is no page here.") from None
    return page(
        request, "staff/review.html", visitor, status, row=row, reason=reason, kinds=KINDS, longest=LONGEST,
        wrong=status != 200,
    )  # fmt: skip


@router.post("/reviews/{glass}")
def judge(glass: UUID, request: Request, visitor: PostingStaff, form: Posted, house: HouseDep) -> Response:
    """The word: justified or not, and why. Raises Denied, Problem, NotAllowed, Refused."""
    allowed(visitor, Act.REVIEW)
    verdict, note = text(form, "verdict"), (text(form, "note") or "")[:LONGEST]
    if verdict not in ("yes", "no") or not note:
        return judging(glass, request, visitor, house, 422)
    try:
        review(house, glass, verdict == "yes", note, visitor.staff)
    except Wrong:
        raise Problem(404, "unknown_page", "There is no page here.") from None
    return RedirectResponse("/reviews", 303)
