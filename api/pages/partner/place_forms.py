"""What a partner is asked about a place: what to think of, and the answer as its own system would give it."""

from api.pages.partner.forms import Field, Form
from api.pages.places import N_

SAFE = ("no_known_risk", "safe_with_help")
NOT_SAFE = ("risk_in_area", "risk_for_group", "no_protection", "help_missing")
TOPICS = (
    N_("Violence, threats and checks in the area and on the way there"),
    N_("How people who come back are treated there"),
    N_("Whether police and courts protect such people"),
    N_("A place to live, health care, and help that exists"),
)
FORM = Form(
    "country_input", N_("A question about a place"), (), N_("Send"),
    (
        Field("safe", "yes_no", N_("Can people like these live there safely?")),
        Field("note_code", "choice", N_("What is the main reason?"), options=(*SAFE, *NOT_SAFE)),
    ),
)  # fmt: skip
OTHER_ANSWER = N_("This reason belongs to the other answer: choose another reason, or another answer.")


def fits(safe: bool, note_code: str) -> bool:
    """Whether a reason is one for this answer."""
    return note_code in (SAFE if safe else NOT_SAFE)
