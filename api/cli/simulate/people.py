"""Lives drawn by chance: who comes, what befalls them, and how they answer."""

from datetime import date, timedelta
from random import Random

from api.cli.cast import PLACES, Child, Life

SHARE_CHILDREN, SHARE_NO_PASSPORT, SHARE_VICTIM, SHARE_VULNERABLE = 0.18, 0.25, 0.15, 0.2
AREAS = ("Centre", "North", "South", "Old Town", "ASKS", "SLOW", "DECLINES @nadia", "SILENT @nadia", "NOTPAID",
         "NOSHOW", "QUIETAFTER", "TWICE")  # fmt: skip
AREA_WEIGHTS = (30, 20, 20, 10, 4, 4, 3, 2, 2, 2, 1, 2)
FAMILY = ("Aydin", "Beridze", "Karimov", "Rahimi", "Osei", "Thapa", "Haile", "Uddin", "LostReply", "AirlineCancels",
          "Dearer", "NotCreated", "BrokenReply", "PayLost", "SlowOrder", "FailOrder", "Denied", "Interview",
          "Short")  # fmt: skip
FAMILY_WEIGHTS = (20, 14, 14, 12, 10, 8, 7, 5, 1, 1.5, 1, 1, 1, 1, 1, 0.5, 1, 1, 0.5)
GIVEN = ("Leyla", "Amina", "Sara", "Daniel", "Yusuf", "Maria", "Nino", "Karim", "Hana", "Tomas", "Ines", "Omar")


def somebody(rng: Random, number: int) -> Life:
    """One life. Names in capitals and words in an area are the simulators' magic inputs."""
    country = rng.choice(sorted(PLACES))
    screening = rng.choices(("none", "possible", "actual"), (1 - SHARE_VICTIM, SHARE_VICTIM / 2, SHARE_VICTIM / 2))[0]
    tracks = rng.choices((["return"], ["in_place"], ["return", "in_place"], ["in_place", "return"]), (76, 8, 12, 4))[0]
    given = rng.choice(GIVEN)
    return Life(
        f"life {number}", "completed", country, rng.choices(AREAS, AREA_WEIGHTS)[0], given,
        rng.choices(FAMILY, FAMILY_WEIGHTS)[0], given, sex=rng.choice("FM"), born_on=born(rng),
        children=children(rng), passport=rng.random() > SHARE_NO_PASSPORT, screening=screening,
        vulnerable=rng.random() < SHARE_VULNERABLE, waives_reflection=rng.random() < 0.3,
        risk=rng.choices(("low", "medium", "high"), (60, 33, 7))[0], partner=rng.choice(("nadia", "tariq")),
        tracks=[*tracks, "none"], boardings=["boarded"] if rng.random() > 0.05 else ["no_show", "boarded"],
        unsafe_at=rng.choice(("month_1", "month_3")) if rng.random() < 0.06 else None,
        out_of_reach=rng.random() < 0.05, still_wants=rng.random() > 0.03,
    )  # fmt: skip


def born(rng: Random) -> date:
    """An adult's birth date."""
    return date(1970, 1, 1) + timedelta(days=rng.randrange(34 * 365))


def children(rng: Random) -> list[Child]:
    """None, or one to three."""
    if rng.random() > SHARE_CHILDREN:
        return []
    return [Child(rng.choice(GIVEN), "Bala", rng.randrange(4, 190)) for _ in range(rng.randrange(1, 4))]
