"""Notes that those who work on a case leave each other: never edited, of class 3 whatever stands in them."""

from models.base import sealed
from models.case import OfPerson


class CaseNote(OfPerson, table=True):
    """One note about the person whose case it is."""

    __tablename__ = "case_notes"

    text: bytes | None = sealed(3)
