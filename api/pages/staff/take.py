"""Taking a case from a queue: from then on it is theirs in that role."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from api.deps import HouseDep, NudgerDep
from api.errors import Problem
from api.pages.visitor import Posted, PostingStaff, is_local
from models.stage import Role
from workflows.commands.assignment import take

router = APIRouter(include_in_schema=False)


@router.post("/cases/{ref}/take")
def take_case(ref: str, visitor: PostingStaff, form: Posted, house: HouseDep, nudger: NudgerDep) -> Response:
    """Work on the case in one of one's roles, and go back to where one came from."""
    role = next((one for one in Role if one.value == form.get("role") and visitor.staff.has(one)), None)
    if role is None:
        raise Problem(403, "role", "Your role may not use this door.")
    nudger.push(take(house, ref, role, visitor.staff))
    back = str(form.get("back", "/queues"))
    return RedirectResponse(back if is_local(back) else "/queues", 303)
