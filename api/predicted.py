"""Limits that will break if nobody acts, as doors show them: references and codes, no name."""

from collections.abc import Iterable
from typing import Any

from models.queries import cases
from workflows.decide import decide
from workflows.explain import sentence
from workflows.forecast import forecast
from workflows.gather import gather
from workflows.house import House


def predicted(house: House, refs: Iterable[str], language: str) -> list[dict[str, Any]]:
    """The forecast of some cases, the nearest breach first."""
    now = house.clock.now()
    found: list[dict[str, Any]] = []
    with house.database.reading() as session:
        for ref in refs:
            case = cases.by_ref(session, ref)
            if case is None or case.closed_at is not None:
                continue
            facts = gather(session, case, now)
            found += [
                {"case": ref, "stage": breach.stage, "at": breach.at, "code": breach.why.code,
                 "why": sentence(breach.why, language)}
                for breach in forecast(facts, decide(facts))
            ]  # fmt: skip
    return sorted(found, key=lambda row: row["at"])
