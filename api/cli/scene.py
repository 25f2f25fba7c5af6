"""Cases that the demo leaves open, each at another point, so that whoever walks through the pages finds work."""

import time
from typing import TYPE_CHECKING

from rich.console import Console
from sqlmodel import col, select

from api.cli.cast import Child, Life
from api.cli.furniture import PHONE_AREA, PHONE_PARTNER
from models.case import Case
from models.question import Question, StandingRow
from models.stage import Stage

if TYPE_CHECKING:
    from api.cli.play import Play

LONGEST = 150.0
out = Console()


def scenes() -> list[Life]:
    """Everybody whose case stays open; those who come furthest first, since the clock runs on for all.

    A partner on a phone is silent from its offer on: what comes after that must take less time than it has.
    """
    return [
        Life("home again: the first check-in is asked", "completed", "GE", "Kutaisi", "Tamar", "Lomidze",
             "თამარ ლომიძე", stops=("check_in",)),
        Life("stays, with a bed of the shelter partner", "stays", "UG", "Kampala", "Sarah", "Namono", "Sarah Namono",
             screening="actual", waives_reflection=True, risk="high", tracks=["in_place"], place="bed",
             stops=("reintegration_plan",)),
        Life("the risk waits for a second person", "completed", "AF", "Herat", "Maryam", "Ahmadi", "مریم احمدی",
             vulnerable=True, screening="possible", waives_reflection=True, stops=("risk_approval",)),
        Life("offered to a partner on a phone, in Arabic", "completed", "IQ", PHONE_AREA, "Noor", "Hassan", "نور حسن",
             vulnerable=True, partner=PHONE_PARTNER, stops=("journey_plan",),
             children=[Child("Ali", "علي حسن", 50)]),
        Life("the travel desk is asked for a journey", "completed", "UZ", "Samarkand", "Zilola", "Yusupova",
             "Зилола Юсупова", stops=("journey_plan",)),
        Life("the medical officer is asked", "completed", "NP", "Pokhara", "Sita", "Gurung", "सीता गुरुङ",
             stops=("health_clearance",)),
        Life("the protection officer is asked", "completed", "BD", "Sylhet", "Shirin", "Akter", "শিরিন আক্তার",
             stops=("risk_assessment",)),
        Life("the counsellor begins", "completed", "MD", "Soroca", "Elena", "Munteanu", "Elena Munteanu",
             stops=("counselling_session",)),
    ]  # fmt: skip


def leave_open(play: "Play") -> None:
    """Open them and bring each to its point, or as far as it comes in time."""
    for life in scenes():
        ref = play.open_case(life, 900 + len(play.lives))
        latest = time.monotonic() + LONGEST
        while not is_there(play, ref, life) and time.monotonic() < latest:
            play.step()
        out.print(f"{ref}  {life.story}", soft_wrap=True)


def is_there(play: "Play", ref: str, life: Life) -> bool:
    """Whether the question is open that nobody answers, or the offer lies with the partner on the phone."""
    with play.database.reading() as session:
        case = session.exec(select(Case).where(Case.ref == ref)).one()
        if life.partner == PHONE_PARTNER:
            row = session.exec(select(StandingRow).where(
                StandingRow.case_id == case.id, StandingRow.stage == Stage.PARTNER_HANDOVER)).first()  # fmt: skip
            return row is not None and row.on == "partner"
        asked = select(Question.id).where(
            Question.case_id == case.id, col(Question.kind).in_(life.stops), col(Question.answered_at).is_(None)
        )
        return session.exec(asked).first() is not None
