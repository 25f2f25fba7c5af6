"""Gathers ``workflows.facts.shelter``."""

from datetime import datetime

from models import counselling
from models import shelter as s
from workflows.facts.shelter import Shelter, Stay
from workflows.gather.reader import Reader


def shelter(read: Reader) -> Shelter:
    """Stays outlive a journey: where somebody sleeps does not change with their plans."""
    looked_into = {row.subject for row in read.all(counselling.Support) if row.need == "shelter_incident_review"}
    decided = {row.contested_id for row in read.all(s.ShelterDecision)}
    return Shelter(
        stays=stays(read),
        unmet=is_unmet(read),
        contested=tuple(
            str(row.id) for row in read.all(s.ShelterField) if row.contests is not None and row.id not in decided
        ),
        incidents=tuple(
            str(row.id) for row in read.all(s.ShelterEntry) if row.serious and str(row.id) not in looked_into
        ),
    )


def stays(read: Reader) -> tuple[Stay, ...]:
    """Those who have not left."""
    left = {row.stay_id for row in read.all(s.StayEnd)}
    reviews: dict[str, datetime] = {
        row.subject: row.at for row in read.all(counselling.Support) if row.need == "stay_review"
    }
    return tuple(
        Stay(str(row.id), str(row.person_id), reviews.get(str(row.id), row.admitted_at))
        for row in read.all(s.Stay)
        if row.id not in left
    )


def is_unmet(read: Reader) -> bool:
    """The newest word on a place to live is that there was none."""
    needs = [row.noticed_at for row in read.all(s.UnmetNeed) if row.need == "shelter"]
    met = [row.admitted_at for row in read.all(s.Stay)]
    return bool(needs) and max(needs) >= max(met, default=min(needs))
