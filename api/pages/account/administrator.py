"""Who may see and change accounts, and what their pages share."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.errors import Problem
from api.pages.engine import page
from api.pages.places import N_
from api.pages.proof import StepUp
from api.pages.visitor import StaffVisitor, Visitor
from models.access import Act, may
from models.stage import Role

NOT_YOURS = N_("Your role may not see this page.")


def administrator(visitor: StaffVisitor) -> Visitor:
    """Who may see accounts. Raises Problem."""
    if not may(visitor.staff, Act.ACCOUNTS):
        raise Problem(403, "role", NOT_YOURS)
    return visitor


def deciding_administrator(visitor: Annotated[Visitor, Depends(administrator)], proved: StepUp) -> Visitor:
    """Who may change accounts, having shown a code just now: the role first. Raises Problem, ProofNeeded."""
    return proved


Administrator = Annotated[Visitor, Depends(administrator)]
Deciding = Annotated[Visitor, Depends(deciding_administrator)]


def roles_in(form: FormData) -> list[Role]:
    """The roles of a form; what is no role is left out."""
    known = {role.value for role in Role}
    return [Role(str(one)) for one in form.getlist("role") if one in known]


def link_page(request: Request, visitor: Visitor, handle: str, token: str) -> Response:
    """The link, this once."""
    link = f"{request.app.state.settings.public_url.rstrip('/')}/enrol/{token}"
    return page(request, "account/staff_link.html", visitor, handle=handle, link=link)
