"""Consents, one row each; withdrawing one is a new row, never an edit (domain.md §1.5)."""

from enum import StrEnum

from models.base import plain, word
from models.case import OfPerson


class ConsentKind(StrEnum):
    """What was consented to."""

    DATA = "data"
    TRANSFER = "transfer"
    DECLARATION = "declaration"


class Consent(OfPerson, table=True):
    """Given or withdrawn. A transfer names recipient and purpose; the text is known by version and hash."""

    __tablename__ = "consents"

    kind: ConsentKind = word(ConsentKind)
    given: bool = plain(True)
    recipient: str | None = plain(None, max_length=40)
    purpose: str | None = plain(None, max_length=40)
    text_version: str = plain(max_length=40)
    text_hash: str = plain(max_length=64)
    language: str = plain(max_length=3)
    interpreter: bool = plain(False)
    witness: str | None = plain(None, max_length=60)
