"""When people are asked how they are, how contact goes, and what in an answer alarms."""

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from workflows.pathways.row import Row

Code = Annotated[str, Field(pattern=r"^[a-z_0-9]{2,20}$")]
Party = Literal["nobody", "victims", "everybody"]


def a_zone(name: str) -> str:
    """The name of an IANA zone; whether it exists is tested, so that loading stays pure."""
    if "/" not in name:
        raise ValueError("not an IANA zone, for example Asia/Tbilisi")
    return name


class CheckInPoint(Row):
    """When a check-in is due after the arrival (in place, after the choice), for whom, and what is asked with it."""

    table: ClassVar[str] = "check_in_points"

    code: Code
    offset: Annotated[int, Field(ge=1, le=60)]
    unit: Literal["weeks", "months"]
    whom: Literal["everybody", "victims"] = "everybody"
    safety_question: bool = True
    survey: bool = False
    satisfaction: bool = False
    intention: bool = False


class AttemptResult(Row):
    """What can come of an attempt. ``ends_point``: the person was spoken to. ``ends_channel``: whose number is not

    used any more after it; ``alarms``: for whom a protection officer looks at once.
    """

    table: ClassVar[str] = "attempt_results"

    code: Code
    ends_point: bool = False
    ends_channel: Party = "nobody"
    alarms: Party = "nobody"


class PlaceZone(Row):
    """The time that counts for people who returned to a country."""

    table: ClassVar[str] = "place_zones"

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    zone: Annotated[str, AfterValidator(a_zone)]
