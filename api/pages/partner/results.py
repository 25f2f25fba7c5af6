"""What came of a partner's word, as a title, a sentence and how the page looks."""

from api.pages.places import N_

Result = tuple[str, str, str]
THANKS = N_("Thank you")
RESULTS: dict[str, Result] = {
    "accepted": (THANKS, N_("Your acceptance is here. You get a message when we have sent who is coming."), "good"),
    "unnamed": (N_("Almost done"), N_("Please accept once more and say who is responsible with you."), "warn"),
    "asked_back": (THANKS, N_("We have your question and will answer it. Your time stands still until then."), "good"),
    "declined": (THANKS, N_("You have declined. Nothing more is needed from you."), "good"),
    "cancelled": (THANKS, N_("Your acceptance is taken back. Nothing more is needed from you."), "good"),
    "arrived": (THANKS, N_("The arrival is confirmed."), "good"),
    "no_show": (THANKS, N_("We look for the person now. Please stay reachable."), "warn"),
    "received": (THANKS, N_("You have signed that you received the person."), "good"),
    "safety": (THANKS, N_("The safety notes are confirmed."), "good"),
    "first_week": (THANKS, N_("Your report is here."), "good"),
    "plan_requested": (THANKS, N_("You get a message when the plan is here."), "good"),
    "problem": (THANKS, N_("Our protection officer reads it at once."), "good"),
    "return_offered": (THANKS, N_("We have your word and will call you."), "good"),
    "handed_over": (THANKS, N_("The amount is written down as handed over."), "good"),
    "failed": (THANKS, N_("The amount is written down as not handed over."), "good"),
    "country_input": (THANKS, N_("Your answer is here. Nothing more is needed from you."), "good"),
    "waiting": (N_("We have your word"), N_("It is kept. You need not send it again."), "note"),
    "not_understood": (N_("This did not work"), N_("We could not read this. Please fill in the form once more."),
                       "bad"),
}  # fmt: skip
INERT: Result = (
    N_("This was settled before"),
    N_("Your word is kept, but it changed nothing: the request had been answered already, or is no longer open."),
    "note",
)


def result_of(outcome: str) -> Result:
    """A result; what changed nothing is told kindly, whatever the cause."""
    return RESULTS.get(outcome, INERT)
