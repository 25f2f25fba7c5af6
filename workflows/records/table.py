"""Every kind of fact, put together from the files of the nouns: its input, who may record it, how, and when."""

from workflows.commands import Fact
from workflows.records import (
    booking,
    child,
    closure,
    contact,
    counselling,
    country,
    departure,
    duplicate,
    enquiry,
    exit_clearance,
    family,
    health,
    incident,
    money,
    permit,
    protection,
    reintegration,
    risk_assessment,
    screening,
    sheet,
    shelter,
    travel_document,
    voluntariness,
    withdrawal,

)

NOUNS = (
    booking,
    child,
    closure,
    contact,
    counselling,
    country,
    departure,
    duplicate,
    enquiry,
    exit_clearance,
    family,
    health,
    incident,
    money,
    permit,
    protection,
    reintegration,
    risk_assessment,
    screening,
    sheet,
    shelter,
    travel_document,
    voluntariness,
    withdrawal,

)
FACTS: dict[str, Fact] = {fact.kind: fact for noun in NOUNS for fact in noun.FACTS}
