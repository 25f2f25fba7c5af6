"""A code of the authenticator app in return for a proof of five minutes, for several sensitive acts in a row."""

from typing import Any

from fastapi import APIRouter

from api.step_up import ProofDep

router = APIRouter(prefix="/api/proof", tags=["proof"])


@router.post("")
def give(proof: ProofDep) -> dict[str, Any]:
    """Send a code as ``X-Sila-Proof``; gives ``proof``, to be sent as ``X-Sila-Proof`` with the same key."""
    return proof.given()
