"""What came in and nobody could understand: a protection officer or supervisor reads it, and settles it."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep
from api.errors import Problem
from api.pages.engine import page
from api.pages.visitor import PostingStaff, StaffVisitor, Visitor
from models.queries import operations
from workflows.inbox import by_hand

router = APIRouter(prefix="/letters", include_in_schema=False)


def reader(visitor: Visitor) -> None:
    """Raises Problem for everybody else."""
    if not visitor.staff.has(*by_hand.MAY):
        raise Problem(403, "role", "Your role may not use this door.")


@router.get("")
def waiting(request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """The list, without a word of what they say."""
    reader(visitor)
    with house.database.reading() as session:
        return page(request, "staff/letters.html", visitor, letters=operations.dead_letters(session))


@router.post("/{letter}/read")
def read(letter: UUID, request: Request, visitor: PostingStaff, house: HouseDep) -> HTMLResponse:
    """One of them; that it was read is written down before it is shown."""
    said = by_hand.read_letter(house, letter, visitor.staff)
    return page(request, "staff/letter.html", visitor, letter=letter, said=said)


@router.post("/{letter}/settled")
def settled(letter: UUID, visitor: PostingStaff, house: HouseDep) -> Response:
    """Somebody has seen to it."""
    by_hand.settle_letter(house, letter, visitor.staff)
    return RedirectResponse("/letters", 303)
