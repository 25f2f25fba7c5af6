"""What somebody outside asked, and what a protection officer did about it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from workflows.inputs.words import Input, Name, OfSubjectIn, Text


class EnquiryIn(Input):
    """An enquiry about a person by somebody outside. Write it down; say only the sentence that is given back."""

    channel: Literal["phone", "email", "letter", "in_person", "social_media"]
    asker: Literal["media", "family", "employer", "authority", "lawyer", "unknown", "other"]
    about: Annotated[str, Field(min_length=1, max_length=200)]
    born_on: date | None = None
    caller: Name | None = None
    said: Text | None = None


class EnquiryReviewIn(OfSubjectIn):
    """What was done to keep the person safe; the enquirer is told nothing."""

    action: Text
