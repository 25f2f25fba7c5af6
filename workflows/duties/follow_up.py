"""Beside follow-up: whoever may be in danger is looked after at once; and what is asked at some points."""

from collections.abc import Iterator

from models.stage import Role, Stage
from workflows.facts import Facts
from workflows.gates.follow_up import VISIT, in_vain, is_lost, is_over, schedule
from workflows.pathways.tables.follow_up import AttemptResult, CheckInPoint
from workflows.patience import duty
from workflows.standing import Duty, Said, say

HERE = Stage.FOLLOW_UP


def duties(facts: Facts) -> Iterator[Duty]:
    """All of them."""
    yield from unsafe(facts)
    yield from signals(facts)
    yield from silent(facts)
    yield from new_exploitation(facts)
    yield from asked(facts)


def review(facts: Facts, why: Said, subject: str) -> Iterator[Duty]:
    """A protection officer acts at once; nobody else ends the task, and no score does."""
    if subject not in facts.reviewed:
        yield duty(facts, HERE, Role.PROTECTION_OFFICER, "safety_review", why, within="emergency", subject=subject)


def unsafe(facts: Facts) -> Iterator[Duty]:
    """A plain no to the question whether they are safe, and alarming answers to a survey."""
    for point in dict.fromkeys(row.point for row in facts.check_ins if row.safe is False):
        yield from review(facts, say("follow_up.unsafe"), point)
    for response in facts.contact.alarms:
        yield from review(facts, say("follow_up.alarming"), f"survey.{response}")


def signals(facts: Facts) -> Iterator[Duty]:
    """Somebody else answers for a victim, or the person could not speak freely."""
    alarming = {row.code for row in facts.rules.rows(AttemptResult) if alarms(facts, row)}
    for one in facts.contact.attempts:
        if one.result in alarming:
            yield from review(facts, say("follow_up.signal", result=one.result), f"signal.{one.id}")


def alarms(facts: Facts, row: AttemptResult) -> bool:
    """Whether this result alarms for this person."""
    return row.alarms == "everybody" or (row.alarms == "victims" and facts.is_victim)


def silent(facts: Facts) -> Iterator[Duty]:
    """Somebody goes to look for who does not answer: their safety is checked too, once for each silence."""
    gone = [one for one in in_vain(facts.contact) if one.channel == VISIT]
    if gone and not facts.contact.remigrated_at:
        yield from review(facts, say("follow_up.silent"), f"silent.{gone[0].id}")


def new_exploitation(facts: Facts) -> Iterator[Duty]:
    """A second person's word before an authority is told without consent."""
    for word in facts.contact.vital:
        if word.agreed is None:
            yield duty(facts, HERE, Role.SUPERVISOR, "vital_interest_review", say("follow_up.vital_interest"),
                       within="emergency", subject=word.id)  # fmt: skip


def asked(facts: Facts) -> Iterator[Duty]:
    """The survey, what they think of the support, and whether they mean to leave: when the person was reached."""
    if facts.contact.remigrated_at or is_lost(facts):
        return
    for row, _ in schedule(facts):
        if any(one.point == row.code and one.reached for one in facts.check_ins) and is_over(facts, row.code):
            yield from at_point(facts, row)


def at_point(facts: Facts, row: CheckInPoint) -> Iterator[Duty]:
    """What the rules want asked at this point and nobody has asked."""
    code, done = row.code, facts.contact
    if row.survey and code not in done.surveyed:
        yield duty(facts, HERE, Role.COUNSELLOR, "survey", say("follow_up.survey", point=code), subject=code)
    if row.satisfaction and code not in done.rated:
        yield duty(facts, HERE, Role.COUNSELLOR, "satisfaction", say("follow_up.satisfaction", point=code),
                   subject=code)  # fmt: skip
    if row.intention and code not in done.intended:
        yield duty(facts, HERE, Role.COUNSELLOR, "migration_intention", say("follow_up.intention", point=code),
                   subject=code)  # fmt: skip
