"""Sensitive acts need the second factor once more, when it was last shown more than five minutes ago (ASVS 7.5.3)."""

from typing import Annotated

from fastapi import Depends, Request

from api.pages.visitor import PostingStaff, ProofNeeded, StaffVisitor, Visitor, back_to
from api.sensitive import GOOD_FOR, SENSITIVE


def must_have_proved(request: Request, visitor: Visitor) -> None:
    """Raises ProofNeeded; a form that meets it is kept and offered again afterwards."""
    proved = visitor.signed.proved_at
    if proved is None or request.app.state.wall() - proved >= GOOD_FOR:
        raise ProofNeeded(back_to(request))


def must_have_proved_for(kind: str, request: Request, visitor: Visitor) -> None:
    """The same, if this act is sensitive. Raises ProofNeeded."""
    if kind in SENSITIVE:
        must_have_proved(request, visitor)


def stepped_up(request: Request, visitor: PostingStaff) -> Visitor:
    """Who sends a form for a sensitive act. Raises ProofNeeded."""
    must_have_proved(request, visitor)
    return visitor


def stepped_up_reader(request: Request, visitor: StaffVisitor) -> Visitor:
    """Who reads a sensitive page. Raises ProofNeeded."""
    must_have_proved(request, visitor)
    return visitor


StepUp = Annotated[Visitor, Depends(stepped_up)]
StepUpReader = Annotated[Visitor, Depends(stepped_up_reader)]
