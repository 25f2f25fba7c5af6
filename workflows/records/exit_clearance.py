"""Records leave to exit, legal stay, what was told of an entry ban, holds, statements and removal decisions."""

from datetime import timedelta
from uuid import UUID

from models import clearance
from models.person import Person
from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.gates.exit_clearance import ban_months, overstay_days
from workflows.gather import gather
from workflows.pathways import rules_of
from workflows.records.common import ANYBODY, MOVEMENT, PROTECTION, STAFF, person, principal
from workflows.records.travel_document import word


def exit_(r: Recording) -> None:
    """Exit clearance: cleared, told, until when."""
    r.save(clearance.ExitClearance(**r.row, **r.body.model_dump()))


def legal_stay(r: Recording) -> None:
    """Until when somebody may stay, and what an overstay will cost whom."""
    r.save(clearance.LegalStay(**r.row, person_id=person(r).id, **r.body.model_dump(exclude={"person"})))


def ban_told(r: Recording) -> None:
    """What somebody was told: the ban to expect on the day of travel as it is planned now.

    Raises Refused while their legal stay is unknown, and Wrong when they were told something else than that.
    """
    facts = gather(r.session, r.case, r.now)
    stay = facts.papers.of(str(person(r).id)).stay
    if stay is None:
        raise Refused("stay_unknown", "Record first until when the person may stay: the ban follows from it.")
    months = ban_months(facts, stay, facts.travel_day)
    if r.body.months not in (None, months):
        raise Wrong("other_ban", f"months: the ban to expect on {facts.travel_day} is {months}; tell that.", "months")
    row = clearance.BanTold(
        **r.row, person_id=person(r).id, travel_on=facts.travel_day, months=months,
        overstay_days=overstay_days(stay, facts.travel_day), text_version=r.body.text_version,
        text_hash=r.body.text_hash, language=r.body.language,
    )  # fmt: skip
    r.save(row)


def exit_hold(r: Recording) -> None:
    """A court's or a prosecutor's word on the principal."""
    row = clearance.ExitHold(**r.row, person_id=principal(r.session, r.case).id, lifted=r.body.lifted)
    r.save(row, authority=r.body.authority)


def statement(r: Recording) -> None:
    """Whether the prosecutor has heard the person."""
    word(r, person(r).id, "statement", "", outcome=r.body.outcome)


def band_edge(r: Recording) -> None:
    """Somebody knows that a day is coming after which leaving costs more."""
    who, _, _ = r.body.about.partition(".")
    try:
        known = r.session.get(Person, UUID(who))
    except ValueError:
        known = None
    if known is None or known.case_id != r.case.id:
        raise Wrong("unknown", "about: not found in this case; the question names it.", "about")
    word(r, known.id, "band_edge", r.body.about, plan=r.body.plan)


def removal(r: Recording) -> None:
    """A removal decision; its days follow from the day of its notice."""
    rules, notified = rules_of(r.case.pathway, r.case.pathway_version), r.body.notified_on
    if notified > r.now.date():
        raise Wrong("future", "notified_on: lies in the future; give the day of the notice.", "notified_on")
    least, most = (int(rules.number(f"leave_days_{end}")) for end in ("least", "most"))
    given = r.body.leave_days
    if given is not None and not least <= given <= most:
        raise Wrong("leave_days", f"leave_days: between {least} and {most}, or none for at once.", "leave_days")
    row = clearance.RemovalDecision(
        **r.row, person_id=person(r).id, notified_on=notified,
        leave_until=notified + timedelta(days=given) if given else None,
        appeal_until=notified + timedelta(days=int(rules.number("appeal_days"))),
    )  # fmt: skip
    r.save(row)


def appeal(r: Recording) -> None:
    """Whether the person appeals; too late is said, not kept as if it were in time."""
    facts = gather(r.session, r.case, r.now)
    decision = facts.papers.of(str(person(r).id)).removal
    if decision is None:
        raise Refused("no_removal", "There is no removal decision to appeal: record that first.")
    if r.body.outcome == "appealed" and r.now.date() > decision.appeal_until:
        raise Refused("appeal_late", f"The days to appeal ended on {decision.appeal_until}: ask legal aid.")
    word(r, person(r).id, "removal_appeal", "", outcome=r.body.outcome)


FACTS = (
    Fact("exit_clearance", i.ExitIn, MOVEMENT, exit_),
    Fact("legal_stay", i.LegalStayIn, ANYBODY, legal_stay),
    Fact("ban_told", i.BanToldIn, ANYBODY, ban_told),
    Fact("exit_hold", i.ExitHoldIn, (*MOVEMENT, Role.PROTECTION_OFFICER), exit_hold),
    Fact("statement", i.StatementIn, PROTECTION, statement),
    Fact("band_edge", i.EdgeSeenIn, MOVEMENT, band_edge, only_when_asked=True),
    Fact("removal_decision", i.RemovalIn, (*STAFF, Role.PROTECTION_OFFICER), removal),
    Fact("removal_appeal", i.AppealIn, PROTECTION, appeal),
)
