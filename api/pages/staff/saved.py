"""Lists that somebody keeps under a name of their own beside the working lists, and deletes."""

import re
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.deps import HouseDep
from api.pages.staff.cases import by_query, canonical, table
from api.pages.visitor import Posted, PostingStaff
from models.saved_filter import LONGEST, TooMany, forget, save

router = APIRouter(prefix="/cases/saved", include_in_schema=False)
GOES_FIRST = True  # before a case of that name


@router.post("")
def keep(request: Request, visitor: PostingStaff, form: Posted, house: HouseDep) -> Response:
    """Keep the filters that the list now has."""
    name = re.sub(r"\s+", " ", str(form.get("name", ""))).strip()
    query = canonical(str(form.get("filters", "")))
    if not query or not 0 < len(name) <= LONGEST or not name.isprintable():
        trouble = "filters" if not query else "name"
        return table(request, visitor, house, by_query(query), query=query, trouble=trouble, name=name[:LONGEST])
    try:
        with house.database.unit_of_work() as session:
            save(session, visitor.staff.handle, name, query, house.clock.now())
    except TooMany:
        return table(request, visitor, house, by_query(query), query=query, trouble="too_many", name=name)
    return RedirectResponse(f"/cases?{query}", 303)


@router.post("/{saved_id}/forget")
def drop(saved_id: UUID, visitor: PostingStaff, house: HouseDep) -> Response:
    """Delete one of one's own."""
    with house.database.unit_of_work() as session:
        forget(session, visitor.staff.handle, saved_id)
    return RedirectResponse("/cases", 303)
