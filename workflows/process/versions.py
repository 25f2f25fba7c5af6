"""Two versions of a pathway beside each other, and a case as it would stand under another one."""

from collections.abc import Iterator
from dataclasses import replace

from models.stage import Stage
from workflows.decide import decide
from workflows.facts import Facts
from workflows.pathways import load, rules_of
from workflows.standing import Standing


def differences(pathway: str, before: int, after: int) -> Iterator[str]:
    """Each limit and table that is not the same, in one line."""
    old, new = load(pathway, before), load(pathway, after)
    limits = ({**old.times, **old.numbers}, {**new.times, **new.numbers})
    for name in sorted(limits[0].keys() | limits[1].keys()):
        was, becomes = (f"{one.value} {one.unit}" if (one := side.get(name)) else "nothing" for side in limits)
        if was != becomes:
            yield f"{name}: {was} becomes {becomes}"
    for kind in sorted(old.tables.keys() | new.tables.keys(), key=lambda kind: kind.table):
        rows = [
            {row.model_dump_json(exclude={"valid_from"}) for row in side.tables.get(kind, ())} for side in (old, new)
        ]
        if rows[0] != rows[1]:
            yield f"{kind.table}: {len(rows[0] - rows[1])} rows go, {len(rows[1] - rows[0])} come"


def would_stand(facts: Facts, version: int) -> dict[Stage, tuple[Standing, Standing]]:
    """The stages that would stand otherwise: as they do now, and as they would."""
    now, then = decide(facts), decide(replace(facts, rules=rules_of(facts.rules.pathway, version)))
    return {stage: (now[stage], then[stage]) for stage in now if now[stage] != then[stage]}
