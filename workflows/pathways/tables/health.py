"""Until when somebody who is expecting may fly, and which papers a flight asks for."""

from typing import Literal

from workflows.pathways.row import Row


class PregnancyWeek(Row):
    """For so many babies (the last row: for more): from which full week a certificate, from which no flight."""

    table = "pregnancy_weeks"

    expecting: int
    certificate_from: int
    none_from: int


class FitnessPaperRule(Row):
    """A paper for one flight: at most so many hours old at departure, in hand so many hours before it."""

    table = "fitness_papers"

    paper: Literal["certificate", "medif", "pre_embarkation"]
    oldest_hours: int
    in_hand_hours: int
    one_itinerary: bool = False
