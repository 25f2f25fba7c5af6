"""What the receiving partner says of the place, for the pages on which the risk is judged; no narrative."""

from typing import Any

from sqlmodel import Session

from api.pages.partner.codes import named
from models.case import Case
from models.queries.partners import names
from models.queries.place import newest_question


def word_of_place(session: Session, case: Case, language: str) -> dict[str, Any]:
    """Values of a template: the newest question of this journey, who the partners are, and reasons in words."""
    place = newest_question(session, case.id, case.journey)
    return {"place": place, "called": names(session), "reason_of": lambda code: named(code, language)}
