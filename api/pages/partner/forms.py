"""The forms in which a partner says its words: what each asks for, and when it is offered."""

from dataclasses import dataclass

from api.pages.places import N_


@dataclass(frozen=True)
class Field:
    """One field. ``kind``: name, text, area, date, past, time, choice, check, yes_no or amount."""

    name: str
    kind: str
    label: str
    hint: str = ""
    options: tuple[str, ...] = ()
    needed: bool = True


@dataclass(frozen=True)
class Form:
    """One word: the kind it is heard as, when a handover can take it, and what is asked."""

    kind: str
    title: str
    when: tuple[str, ...]
    send: str
    fields: tuple[Field, ...] = ()
    intro: str = ""
    is_grave: bool = False


REASONS = ("no_capacity", "other_area", "no_service", "not_safe", "too_short", "other")
BACK = ("no_capacity", "no_service", "not_safe", "person_asked", "other")
MORE = Field("text", "area", N_("What should we know?"), N_("Optional. Write no names."), needed=False)
WITH_US = ("accepted", "arrived", "received")

FORMS: dict[str, Form] = {
    "accept": Form(
        "accepted", N_("Accept"), ("offered", "asked_back"), N_("Accept"),
        (
            Field("focal_point", "name", N_("Who is responsible with you?"),
                  N_("Initials or staff number, in Latin letters and digits. No full name.")),
            Field("available_from", "date", N_("From which day can you receive?"), needed=False),
            Field("reachable_24_7", "yes_no", N_("Can this colleague be reached at any hour?"), needed=False),
            Field("staff_gender", "choice", N_("Who will receive the person?"), options=("woman", "man", "any"),
                  needed=False),
        ),
        N_("By accepting you agree to receive the person. You learn who it is after that."),
    ),
    "ask": Form(
        "asked_back", N_("Ask a question first"), ("offered",), N_("Send the question"),
        (Field("text", "area", N_("Your question")),),
        N_("Your time to answer stands still until we have replied."),
    ),
    "decline": Form(
        "declined", N_("Decline"), ("offered", "asked_back"), N_("Decline"),
        (Field("reason_code", "choice", N_("Why?"), options=REASONS), MORE),
        N_("We will ask somebody else. This cannot be taken back."), is_grave=True,
    ),
    "arrival": Form(
        "arrival_confirmed", N_("Confirm arrival"), ("accepted", "no_show", "received"), N_("Confirm arrival"),
        (
            Field("day", "past", N_("On which day did the person arrive?")),
            Field("time", "time", N_("At what time, in local time?")),
            Field("met", "yes_no", N_("Did somebody of yours meet the person?")),
            Field("met_by", "name", N_("Who met the person?"),
                  N_("Initials or staff number, in Latin letters and digits. No full name."), needed=False),
            Field("condition_code", "choice", N_("How is the person?"),
                  options=("well", "tired", "needs_doctor", "distressed"), needed=False),
        ),
    ),
    "received": Form(
        "received", N_("Sign that you received the person"), ("accepted", "arrived"), N_("Sign now"),
        (Field("sure", "check", N_("The person is with us and we take over the care.")),),
        N_("You sign for what we sent you. We both keep the same number of it."),
    ),
    "safety": Form(
        "safety_read", N_("Confirm the safety notes"), WITH_US, N_("Confirm"),
        (
            Field("risk_notes_read", "check", N_("We have read the notes on safety and health.")),
            Field("no_contact_read", "check", N_("We have read who must not be told.")),
            Field("code_word_agreed", "check", N_("We have agreed on a code word.")),
        ),
    ),
    "first-week": Form(
        "first_week", N_("Report the first week"), ("arrived", "received"), N_("Send the report"),
        (
            Field("reached_in_private", "yes_no", N_("Did you speak with the person alone?")),
            Field("safe", "yes_no", N_("Does the person say that they are safe?")),
            Field("accommodation_confirmed", "yes_no", N_("Is the place where they live safe?")),
        ),
    ),
    "plan": Form(
        "plan_requested", N_("Ask for the plan and the budget"), WITH_US, N_("Ask for the plan"),
        intro=N_("You get a message when the plan is here."),
    ),
    "amount": Form(
        "payment", N_("Amount handed over"), ("arrived", "received", "accepted"), N_("Send"),
        (
            Field("instalment", "amount", N_("Which amount?")),
            Field("handed_over", "yes_no", N_("Was exactly this amount handed over?"),
                  N_("If it was another amount, report a problem instead.")),
        ),
    ),
    "not-arrived": Form(
        "no_show", N_("The person did not arrive"), ("accepted",), N_("Report that nobody came"), (MORE,),
        N_("We look for the person at once."), is_grave=True,
    ),
    "cancel": Form(
        "cancelled", N_("We can no longer receive the person"), ("accepted",), N_("Take back the acceptance"),
        (Field("reason_code", "choice", N_("Why?"), options=REASONS), MORE),
        N_("We will ask somebody else. This cannot be taken back."), is_grave=True,
    ),
    "give-back": Form(
        "return_offered", N_("We cannot care for the person any longer"), WITH_US, N_("Tell us"),
        (Field("reason_code", "choice", N_("Why?"), options=BACK), MORE),
        N_("You stay responsible until we have agreed on what follows."), is_grave=True,
    ),
    "problem": Form(
        "problem", N_("Report a problem"), ("accepted", "no_show", "arrived", "received"), N_("Send"),
        (Field("text", "area", N_("What happened?"), N_("Our protection officer reads it at once. Write no names.")),),
    ),
}  # fmt: skip
AFTER = ("safety", "plan", "first-week", "amount")
TROUBLE = ("not-arrived", "cancel", "give-back", "problem")
MAIN = ("accept", "ask", "decline", "arrival", "received")
