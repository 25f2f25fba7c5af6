"""Beside intake: channels are confirmed before they grow stale, needs are met, vulnerability is judged."""

from collections.abc import Iterator

from models.stage import Role, Stage
from workflows.facts import Facts
from workflows.pathways.tables.screening import Need
from workflows.patience import duty
from workflows.standing import Duty, say


def duties(facts: Facts) -> Iterator[Duty]:
    """Nothing before consent."""
    if facts.data_consent:
        yield from contacts(facts)
        yield from needs(facts)
        yield from judged(facts)


def contacts(facts: Facts) -> Iterator[Duty]:
    """Each channel is confirmed in time (F24); without any, the person is asked for one, or for their word."""
    ahead = facts.rules.time("contact_confirmed") - facts.rules.time("contact_confirm_ahead")
    for channel in facts.intake.channels:
        yield duty(facts, Stage.INTAKE, Role.COUNSELLOR, "contact_confirmation", say("intake.contact_unconfirmed"),
                   opens_at=channel.verified_at + ahead, subject=channel.id, holds_closure=False)  # fmt: skip
    if facts.intake.stopped in ("unsafe", "duress"):
        yield duty(facts, Stage.INTAKE, Role.PROTECTION_OFFICER, "contact_change", say("intake.contact_stopped"),
                   within="urgent", holds_closure=False)  # fmt: skip
    elif not facts.intake.channels and facts.intake.stopped is None:
        yield duty(facts, Stage.INTAKE, Role.COUNSELLOR, "contact_change", say("intake.no_contact"),
                   holds_closure=False)  # fmt: skip


def needs(facts: Facts) -> Iterator[Duty]:
    """What cannot wait goes at once to whom the list names."""
    roles = {need.code: need.role for need in facts.rules.rows(Need)}
    for need in facts.intake.urgent_needs:
        role = roles.get(need.need, Role.PROTECTION_OFFICER)
        yield duty(facts, Stage.INTAKE, role, "urgent_need", say("intake.urgent_need"), within="emergency",
                   subject=need.id)  # fmt: skip


def judged(facts: Facts) -> Iterator[Duty]:
    """Whoever screening found in need of protection is judged by the four-level model."""
    if facts.screening and facts.is_vulnerable and facts.intake.vulnerability is None:
        yield duty(facts, Stage.INTAKE, Role.COUNSELLOR, "vulnerability", say("intake.not_judged"),
                   holds_closure=False)  # fmt: skip
