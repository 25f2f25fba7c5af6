"""What an approver reads before deciding: the newest assessment of a case, and what was reported since."""

from typing import Any

from fastapi import APIRouter, Depends

from api.access import Allowed
from api.deps import HouseDep, SignedIn, require
from models.access import Act, Field
from models.stage import Role
from workflows.commands.risk_assessment import read_assessment

READERS = (Role.PROTECTION_OFFICER, Role.SUPERVISOR)
router = APIRouter(prefix="/api/cases", tags=["cases"], dependencies=[Depends(require(*READERS))])


@router.get("/{ref}/risk", dependencies=[Depends(Allowed(Act.SEE, 3, Field.NARRATIVE))])
def risk(ref: str, house: HouseDep, who: SignedIn) -> dict[str, Any]:
    """The assessment with its hash, the matrix's word and the assessor's. The reading is written down first (S12)."""
    return read_assessment(house, ref, who)
