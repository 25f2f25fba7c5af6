"""Moving a case to another version of its pathway."""

from typing import Annotated

from pydantic import Field

from workflows.inputs.words import Input, Short


class PathwayMoveIn(Input):
    """To which version, and why."""

    version: Annotated[int, Field(ge=1, le=10_000)]
    reason: Short
