"""Why a case may be closed, what must be done before, and how long its file is kept."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from workflows.pathways.row import Row

HTCDS = Literal["Active", "FollowUp", "Closed", "ClosedReferred"]


class ClosureReason(Row):
    """A reason with its status in the HTCDS and what the counsellor confirms before.

    ``only_when``: the reason is for such cases only; ``not_when``: never for such. ``four_eyes``: a second person
    agrees, whoever it is about; the case of a victim always needs one.
    """

    table: ClassVar[str] = "closure_reasons"

    reason: Annotated[str, Field(pattern=r"^[a-z_]{2,40}$")]
    htcds: HTCDS
    checklist: tuple[str, ...] = ()
    only_when: Literal["always", "deceased", "suspended", "lost", "followed"] = "always"
    not_when: Literal["never", "lost"] = "never"
    four_eyes: bool = False


class Keeping(Row):
    """How many years the file of a kind of case is kept after its end."""

    table: ClassVar[str] = "retention"

    kept_as: Literal["victim", "supported", "unsuccessful"]
    years: Annotated[int, Field(ge=0, le=30)]
