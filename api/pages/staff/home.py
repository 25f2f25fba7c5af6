"""The first page: what needs action."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.pages.engine import page
from api.pages.visitor import StaffVisitor

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(request: Request, visitor: StaffVisitor) -> HTMLResponse:
    """Whoever is signed in, and the way to their work."""
    return page(request, "staff/home.html", visitor)
