"""The travel desk: the plan, the offers side by side with the rules that each keeps or breaks, bookings, escorts."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.deps import HouseDep
from api.pages.engine import page
from api.pages.staff.case import broken_until
from api.pages.visitor import StaffVisitor
from models.access import Act, Field
from models.booking import JourneyPlan
from models.queries.access import must_ref, relations_of
from models.stage import Role
from workflows.class_three import seen_class3
from workflows.commands.record import asked_now
from workflows.facts import Facts
from workflows.gather import Reader, gather
from workflows.offers import Judged, Ranked, meets, ranked, verdicts
from workflows.records import FACTS
from workflows.standing import Said

router = APIRouter(prefix="/cases/{ref}/travel", include_in_schema=False)
MOST = 6  # side by side; the rest are worse
ACTS = ("journey_plan", "price_approval", "desk_booking", "desk_cancellation", "rebook", "schedule_change", "escort",
        "escort_ticket")  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One offer as a column: its place in the order, and what each rule says of it."""

    ranked: Ranked
    verdicts: Sequence[Judged]
    shared: Said | None

    @property
    def ruled_out(self) -> bool:
        """Whether a hard rule is broken."""
        return bool(self.ranked.against)


def columns(facts: Facts, part: int) -> list[Column]:
    """The offers of one part of those who travel, the best first."""
    best = ranked(facts, part)[:MOST]
    return [Column(one, verdicts(facts, one.offer), meets(facts, one.offer)) for one in best]


@router.get("")
def desk(ref: str, request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """Everything about the journey. Where somebody will be is class 3: the reading is written down first (S12)."""
    now = house.clock.now()
    seen_class3(house, visitor.staff, ref, ("bookings.flights", "offers.flights"), Field.LOCATION)
    with house.database.reading() as session:
        case = must_ref(session, visitor.staff, Act.SEE, ref, now)
        until = broken_until(session, visitor, ref, relations_of(session, visitor.staff, case, now), now)
        facts, plan = gather(session, case, now), Reader(session, case).latest(JourneyPlan)
        asked = [one for one in asked_now(session, case, now) if one.question in FACTS and visitor.staff.has(one.role)]
    parts = sorted({offer.part for offer in facts.offers})
    acts = [kind for kind in ACTS if kind in FACTS and visitor.staff.has(*FACTS[kind].roles)]
    return page(
        request, "staff/travel.html", visitor, case=case, facts=facts, plan=plan, acts=acts,
        glass_until=until,
        asked=[one for one in asked if one.question in ACTS],
        offers={part: columns(facts, part) for part in parts},
        is_desk=visitor.staff.has(Role.MOVEMENT_OFFICER, Role.SUPERVISOR),
    )  # fmt: skip
