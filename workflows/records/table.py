"""Every kind of fact, put together from the files of the nouns: its input, who may record it, how, and when."""

from workflows.commands import Fact
from workflows.records import (
    booking,
    child,
    clearance,
    closure,
    counselling,
    country,
    departure,
    incident,
    money,
    protection,
    reintegration,
    risk_assessment,
    voluntariness,
)

NOUNS = (
    booking,
    child,
    clearance,
    closure,
    counselling,
    country,
    departure,
    incident,
    money,
    protection,
    reintegration,
    risk_assessment,
    voluntariness,
)
FACTS: dict[str, Fact] = {fact.kind: fact for noun in NOUNS for fact in noun.FACTS}
