"""F14: a partner's webhooks never arrive; what they would have said is found by looking."""

import httpx
from sqlmodel import select

from api.cli.cast import people
from models.database import Database
from models.effect import Effect, EffectState
from tests.journeys.house import living

LOOKS = {"look_up_handover", "look_up_country_input", "look_up_payment"}


def test_f14_a_year_without_a_single_word_of_the_partner(database: Database) -> None:
    with living(database) as alone:
        for office in ("partner_nadia", "partner_tariq"):
            url = f"{alone.simulators.urls[office]}/_sim/webhook"
            httpx.put(url, json={"url": None}, trust_env=False).raise_for_status()
        life = people()[0]
        ref = alone.begin(life)
        alone.live(seconds=100)
        assert alone.case(ref).outcome == life.ends
        with database.reading() as session:
            done = session.exec(select(Effect.action, Effect.state)).all()
    assert {action for action, state in done if state is EffectState.CONFIRMED} >= LOOKS
