"""Ten awkward situations, explained in English and Turkish: what stands where, because of what, until when, whose move.

Run it with ``-s`` to read them.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.cli.cast import Child, Life
from models.staff import Staff
from models.stage import Role
from tests import databases
from tests.journeys.house import Living, living
from workflows import commands
from workflows.commands import country

Situation = Callable[[Living, str], None]


def a_life(country_of: str = "GE", area: str = "Kutaisi", **over: Any) -> Life:
    """Somebody on the way home."""
    names = {"given_names": "Nino", "family_name": "Beridze", "native_name": "ნინო ბერიძე"}
    return Life("", "completed", country_of, area, **{**names, **over})


def reflects(house: Living, ref: str) -> None:
    house.until(ref, "counselling.reflection")


def is_pressed(house: Living, ref: str) -> None:
    house.until(ref, "health.cleared")
    house.unanswered |= {"coercion_closing"}
    house.say(ref, "coercion_flag", {"sign": "family_demand"}, Role.COUNSELLOR)


def asks_for_asylum(house: Living, ref: str) -> None:
    house.until(ref, "risk.cleared")
    house.unanswered |= {"legal_aid", "protection_claim"}
    claim = {"person": house.facts(ref).principal.id, "kind": "asylum", "status": "pending"}
    house.say(ref, "protection_claim", claim, Role.COUNSELLOR)


def place_is_closed(house: Living, ref: str) -> None:
    house.until(ref, "booking.ticketed")
    house.unanswered |= {"ticket_hold", "risk_review"}
    who = Staff(handle="anne", roles=[Role.OPERATIONS.value])
    country.hold(house.house, "GE", None, "armed_conflict", "foreign ministry, note 7", who)


def paper_ends(house: Living, ref: str) -> None:
    house.unanswered |= {"journey_plan", "travel_document", "expiry_seen"}
    house.until(ref, "booking.no_plan")
    far = house.clock.now().date().replace(year=house.clock.now().year + 6).isoformat()
    house.say(ref, "journey_plan", {"origin": "IST", "destination": "TBS", "depart_on": far}, Role.MOVEMENT_OFFICER)


def partner_says_nothing(house: Living, ref: str) -> None:
    house.unanswered |= {"receiving_partner", "partner_call"}
    house.until(ref, "handover.call")


def is_detained(house: Living, ref: str) -> None:
    house.until(ref, "booking.ticketed")
    house.unanswered |= {"lawyer_called", "non_refoulement_review", "detention_visit"}
    house.say(ref, "detained", {"place": "removal_centre"}, Role.COUNSELLOR)


def withdraws_with_a_ticket(house: Living, ref: str) -> None:
    house.until(ref, "booking.ticketed")
    house.unanswered |= {"bed_and_transport"}
    commands.withdraw(house.house, ref, Staff(handle="counsellor", roles=[Role.COUNSELLOR.value]))


def nobody_knows_whether_it_was_booked(house: Living, ref: str) -> None:
    house.unanswered |= {"effect_outcome"}
    house.until(ref, "effect.unknown")


def child_says_no(house: Living, ref: str) -> None:
    house.unanswered |= {"child_assent"}
    house.until(ref, "declaration.no_assent")


SITUATIONS: dict[str, tuple[Life, Situation, tuple[str, ...], tuple[str, ...]]] = {
    "a victim reflects": (
        a_life(screening="actual"), reflects,
        ("waits for the person until", "time to recover and reflect", "Who can change it: the person"),
        ("iyileşme ve düşünme", "Bunu değiştirebilecek olan: kişi"),
    ),
    "somebody is under pressure": (
        a_life(), is_pressed,
        ("points at pressure", "the protection officer must act until", "Who can change it: the protection officer"),
        ("baskı", "koruma görevlisi"),
    ),
    "an asylum claim is open": (
        a_life(), asks_for_asylum,
        ("no return while this stands: an application for international protection (pending)",
         "Who can change it: the protection officer", "must speak with a lawyer"),
        ("uluslararası koruma", "avukat"),
    ),
    "the place is closed": (
        a_life(), place_is_closed,
        ("returns to Georgia are held since 20", "12:00 UTC: armed conflict", "two people must lift it",
         "keep the ticket for now, or give it back"),
        ("Gürcistan yönüne", "silahlı çatışma", "iki kişi"),
    ),
    "the document ends before the journey": (
        a_life(), paper_ends,
        ("too early for the journey", "Who can change it: the movement officer"), ("seyahat görevlisi",),
    ),
    "the partner is silent": (
        a_life(area="Gori SILENT", vulnerable=True), partner_says_nothing,
        ("the partner has not answered: somebody must call it", "Who can change it: the receiving partner"),
        ("ortak", "aramalı"),
    ),
    "the person is detained": (
        a_life(), is_detained,
        ("the case is suspended: somebody is detained", "must act until",
         "lets it go on. Who can change it: the counsellor"),
        ("askıda", "gözaltı"),
    ),
    "withdrew with a ticket": (
        a_life(), withdraws_with_a_ticket,
        ("the booking no longer holds and must be cancelled", "needs a bed and transport", "the counsellor must act"),
        ("yatak", "ulaşım"),
    ),
    "nobody knows whether it was booked": (
        a_life(family_name="SlowOrder"), nobody_knows_whether_it_was_booked,
        ("it is not known whether the last step took effect",), ("bilinmiyor",),
    ),
    "a child has not been asked": (
        a_life(children=[Child("Gia", "გია ბერიძე", 140)]), child_says_no,
        ("a child has not been asked", "Who can change it: the counsellor"),
        ("çocuğ",),
    ),
}  # fmt: skip


@pytest.fixture(params=SITUATIONS)
def explained(
    request: pytest.FixtureRequest, tmp_path: Path, database_server: str | None
) -> Iterator[tuple[str, str, str]]:
    """A situation's name, and how it reads in both languages."""
    life, situation, *_ = SITUATIONS[request.param]
    with databases.fresh(tmp_path, database_server) as database, living(database) as house:
        ref = house.begin(life)
        situation(house, ref)
        yield request.param, house.explained(ref), house.explained(ref, "tr")


def test_an_awkward_situation_reads_well_in_both_languages(explained: tuple[str, str, str]) -> None:
    name, english, turkish = explained
    print(f"\n\n{name}\n{english}\n\n{turkish}")  # noqa: T201 - to be read with -s
    _, _, said, denildi = SITUATIONS[name]
    assert [part for part in said if part not in english] == []
    assert [part for part in denildi if part.lower() not in turkish.lower()] == []
    assert "{" not in english + turkish, "every value has its place"
    assert len(english.splitlines()) == len(turkish.splitlines()) >= 12
