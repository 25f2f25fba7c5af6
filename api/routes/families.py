"""Who must never meet: told to a protection officer alone, and every look is written down."""

from typing import Any

from fastapi import APIRouter, Depends

from api.access import Allowed
from api.deps import HouseDep, SignedIn, require
from models.access import Act, Field
from models.stage import Role
from workflows.separations import separations_of

router = APIRouter(
    prefix="/api/cases", tags=["families"], dependencies=[Depends(require(Role.PROTECTION_OFFICER))]
)  # fmt: skip


@router.get("/{ref}/separations", dependencies=[Depends(Allowed(Act.SEE, 3, Field.NARRATIVE))])
def separations(ref: str, house: HouseDep, who: SignedIn) -> dict[str, Any]:
    """The cases that must be kept away from this one, and why."""
    return {"ref": ref, "separations": separations_of(house, ref, who)}
