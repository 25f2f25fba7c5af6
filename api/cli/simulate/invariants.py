"""The invariants of the house, read off what a simulation left behind: our rows, and what the partners know."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlmodel import Session, col, select

from api.cli.simulate.world import Simulated
from models.case import Case
from models.effect import Effect, EffectState
from models.event import Event, verify
from models.handover import Disclosure
from models.message import Message

SETTLED = (EffectState.REJECTED, EffectState.ABSENT, EffectState.VOID, EffectState.CONFIRMED)
# What may still be done for somebody who no longer travels: taking back, and looking.
SAFE = ("cancel_", "recall_", "withdraw_", "look_up_", "claim_", "tell_")
NEVER_SAID = ("return", "traffick", "dönüş", "iom", "flight", "victim", "mağdur", "uçuş")


@dataclass
class Finding:
    """One invariant: how many things were looked at, and what broke it."""

    name: str
    checked: int = 0
    broken: list[str] = field(default_factory=list)

    def look(self, ok: bool, what: str) -> None:
        """One more was looked at."""
        self.checked += 1
        if not ok:
            self.broken.append(what)


@dataclass
class Left:
    """Everything a simulation left."""

    session: Session
    made: Simulated
    cases: dict[Any, Case]
    effects: list[Effect]

    def all(self, kind: type[Any]) -> list[Any]:
        """Every row of a kind."""
        return list(self.session.exec(select(kind)).all())

    def sent(self) -> Iterable[tuple[Case, Effect]]:
        """What went out, with its case."""
        return ((self.cases[one.case_id], one) for one in self.effects if one.sent_at is not None)


Check = Callable[[Left, Finding], None]
CHECKS: dict[str, Check] = {}


def invariant(name: str) -> Callable[[Check], Check]:
    """Enter a check under its name."""

    def enter(check: Check) -> Check:
        CHECKS[name] = check
        return check

    return enter


def check_all(made: Simulated) -> list[Finding]:
    """All of them, in the order of their names."""
    with made.house.database.reading() as session:
        cases = {case.id: case for case in session.exec(select(Case)).all()}
        effects = list(session.exec(select(Effect).order_by(col(Effect.at))).all())
        left = Left(session, made, cases, effects)
        findings = []
        for name, check in sorted(CHECKS.items(), key=lambda item: (item[0][0], int(item[0].split()[0][1:]))):
            finding = Finding(name)
            check(left, finding)
            findings.append(finding)
        return findings


def is_safe(effect: Effect) -> bool:
    """Taking back, or only looking."""
    return effect.action.startswith(SAFE)


@invariant("S2 one seat a person and leg")
def one_seat(left: Left, finding: Finding) -> None:
    """At the airline: nobody sits twice on a route and day, and nothing is paid twice."""
    from integrations.airline.simulated_aftersales import truth  # noqa: PLC0415 - only a simulation needs it

    known = truth(left.made.truths.airline)
    finding.checked = len(known["orders"]) + len(known["payments"])
    finding.broken = [str(one["kind"]) for one in known["duplicates"]]


@invariant("S3 nothing handed over twice")
def one_payment(left: Left, finding: Finding) -> None:
    """At the partners: an entitlement is paid once."""
    for office in left.made.truths.partners.values():
        known = office.truth()
        finding.checked += len(known["payments"])
        finding.broken += [str(one) for one in known["duplicates"] if "two_open_handovers" not in str(one)]


@invariant("S4 unknown is never sent anew")
def never_anew(left: Left, finding: Finding) -> None:
    """A later try was sent only after the earlier one had a clear end."""
    ends: dict[tuple[Any, str, str], list[Effect]] = {}
    for effect in left.effects:
        ends.setdefault((effect.case_id, effect.action, effect.subject), []).append(effect)
    for tries in ends.values():
        tries.sort(key=lambda one: one.generation)
        for earlier, later in pairwise(tries):
            if later.sent_at is not None:
                finding.look(earlier.state in SETTLED, f"{later.action} {later.subject}")


@invariant("S5 nothing personal before acceptance, a row for each package")
def disclosed(left: Left, finding: Finding) -> None:
    """What the partners got is what we wrote down, and none of it came too early."""
    rows = {row.sha256 for row in left.all(Disclosure)}
    for office in left.made.truths.partners.values():
        known = office.truth()
        finding.broken += ["before acceptance" for _ in known["personal_data_before_acceptance"]]
        for package in known["packages"]:
            finding.look(package["package_hash"] in rows, "a package without a row")
    told = {row.effect_id for row in left.all(Disclosure)}
    for case, effect in left.sent():
        if effect.action in ("lodge_application", "hold_seats"):
            finding.look(effect.id in told, f"{case.ref} {effect.action} without a row")


@invariant("S6 nothing of a journey goes out after it was withdrawn")
def withdrawn(left: Left, finding: Finding) -> None:
    """Only taking back passes."""
    began: dict[str, list[tuple[datetime, int]]] = {}
    for event in left.session.exec(select(Event).where(Event.kind == "withdrawn")).all():
        began.setdefault(event.subject, []).append((event.at, int(event.said["journey"])))
    for case, effect in left.sent():
        for at, journey in began.get(case.ref, []):
            if effect.journey < journey:
                late = effect.sent_at is not None and effect.sent_at > at
                finding.look(not late or is_safe(effect), f"{case.ref} {effect.action}")


@invariant("S10 nothing goes out after the end")
def ended(left: Left, finding: Finding) -> None:
    """A closed case takes no step but back."""
    for case, effect in left.sent():
        if case.closed_at is not None and effect.sent_at is not None:
            finding.look(effect.sent_at <= case.closed_at or is_safe(effect), f"{case.ref} {effect.action}")


@invariant("S11 the chain of events holds")
def chained(left: Left, finding: Finding) -> None:
    """Every event follows from the one before it."""
    finding.checked, finding.broken = verify(left.session)


@invariant("S19 messages say nothing")
def neutral(left: Left, finding: Finding) -> None:
    """No word that gives somebody away, and nothing but what we wrote down."""
    for message in left.made.truths.messaging.messages:
        finding.look(not any(word in message.text.lower() for word in NEVER_SAID), message.sid)
    wrote = sum(one.channel == "sms" and one.sent_at is not None for one in left.all(Message))
    finding.look(len(left.made.truths.messaging.messages) <= wrote, "more messages than rows")


@invariant("S17 no case is left in somebody's hands")
def nobody_holds(left: Left, finding: Finding) -> None:
    """Every lease was given back."""
    for case in left.cases.values():
        finding.look(case.lease is None, case.ref)
