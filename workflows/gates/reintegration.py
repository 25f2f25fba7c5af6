"""What must be true of an instalment before money moves: quotes, proofs, a sound account, room, second eyes."""

from collections.abc import Callable
from datetime import datetime, time

from models.stage import Role
from workflows.calendars import months_after
from workflows.caps import over, sums_of
from workflows.facts import Facts, Instalment, Payee
from workflows.pathways.tables.money import SupportKind, Trigger
from workflows.patience import ask
from workflows.standing import Asking, say

OTHERS = ("relative", "third_party")


def due_at(facts: Facts, instalment: Instalment) -> datetime:
    """The start of its day."""
    return datetime.combine(instalment.due_on, time(), tzinfo=facts.now.tzinfo)


def claim_end(facts: Facts, instalment: Instalment) -> datetime:
    """Until when it may be claimed: some months after the plan, or the day that a supervisor gave."""
    if instalment.extended_to:
        return datetime.combine(instalment.extended_to, time(), tzinfo=facts.now.tzinfo)
    zone = facts.contact_hours[0] if facts.contact_hours else "UTC"
    return months_after(instalment.claim_from or facts.now, int(facts.rules.number("claim_months")), zone)


def asks_about(facts: Facts, instalment: Instalment) -> Asking | None:
    """The first thing that is missing; None when the money may move."""
    for gate in GATES:
        asking = gate(facts, instalment)
        if asking:
            return asking
    return None


def quotes(facts: Facts, instalment: Instalment) -> Asking | None:
    """Quotes of different vendors, where a line costs more than the threshold."""
    if instalment.quotes >= needed_quotes(facts, instalment):
        return None
    return ask(facts, Role.COUNSELLOR, "quotes", say("reintegration.quotes"), subject=instalment.line)


def needed_quotes(facts: Facts, instalment: Instalment) -> int:
    """How many: none below the threshold and for what has one price anyway."""
    kind = next((row for row in facts.rules.rows(SupportKind) if row.code == instalment.kind), None)
    if kind is None or not kind.quotes or instalment.line_eur <= facts.rules.number("quotes_above"):
        return 0
    return int(facts.rules.number("quotes"))


def proofs(facts: Facts, instalment: Instalment) -> Asking | None:
    """Every kind of proof that the trigger names."""
    if not missing_proofs(facts, instalment):
        return None
    why = say("reintegration.evidence", trigger=instalment.trigger)
    return ask(facts, Role.COUNSELLOR, "evidence", why, subject=instalment.id)


def missing_proofs(facts: Facts, instalment: Instalment) -> frozenset[str]:
    """The kinds of proof that the trigger needs and nobody has given yet."""
    trigger = next((row for row in facts.rules.rows(Trigger) if row.code == instalment.trigger), None)
    return frozenset(trigger.evidence if trigger else ()) - instalment.proofs


def account(facts: Facts, instalment: Instalment) -> Asking | None:
    """A verified account that raises no question, or one that somebody allowed in spite of it (S3)."""
    payee = instalment.payee
    if payee is None or (payee.method == "cash" and payee.kind == "person"):
        return None
    if payee.verified is False or payee.allowed is False:
        return ask(facts, Role.COUNSELLOR, "payee", say("reintegration.other_payee"), subject=payee.id)
    return verification(facts, payee) or question(facts, payee)


def verification(facts: Facts, payee: Payee) -> Asking | None:
    """A second person asks back: for a vendor, for an account, and anew when either changes."""
    if payee.verified:
        return None
    if payee.changed:
        return ask(facts, Role.OPERATIONS, "payee_check", say("reintegration.changed_account"), subject=payee.id)
    code = say("reintegration.vendor") if payee.kind == "vendor" else say("reintegration.account")
    return ask(facts, Role.OPERATIONS, "payee_check", code, subject=payee.id)


def question(facts: Facts, payee: Payee) -> Asking | None:
    """Money of a victim to somebody else, and one account under several names, are looked at by a person."""
    if payee.allowed:
        return None
    if facts.is_victim and payee.kind in OTHERS:
        return ask(
            facts, Role.PROTECTION_OFFICER, "payee_review", say("reintegration.others_account"), subject=payee.id
        )
    if payee.shared:
        return ask(facts, Role.SUPERVISOR, "payee_review", say("reintegration.shared_account"), subject=payee.id)
    return None


def room(facts: Facts, instalment: Instalment) -> Asking | None:
    """What is not approved yet must still fit under every cap, whatever was granted elsewhere meanwhile."""
    wanted = sums_of([(instalment.person, instalment.kind, instalment.amount_eur)])
    if instalment.approved or not instalment.person or over(facts, wanted) is None:
        return None
    return ask(facts, Role.COUNSELLOR, "plan_change", say("reintegration.over_cap"), subject=instalment.id)


def approval(facts: Facts, instalment: Instalment) -> Asking | None:
    """A second person, who neither planned nor proved."""
    if instalment.approved:
        return None
    return ask(facts, Role.SUPERVISOR, "instalment_approval", say("reintegration.approval"), subject=instalment.id)


GATES: tuple[Callable[[Facts, Instalment], Asking | None], ...] = (quotes, proofs, account, room, approval)
