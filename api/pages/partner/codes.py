"""The codes that a partner meets, in words: reasons, needs, groups, parts of the support."""

from api.pages.places import N_
from api.pages.words import catalogue, locale

CODES = {
    "emergency": N_("Emergency: answer within 24 hours"),
    "urgent": N_("Urgent: answer within 72 hours"),
    "normal": N_("Normal"),
    "woman": N_("Woman"),
    "man": N_("Man"),
    "other": N_("Other"),
    "any": N_("No preference"),
    "F": N_("Woman"),
    "M": N_("Man"),
    "X": N_("Other"),
    "principal": N_("The person who returns"),
    "dependant": N_("Family member"),
    "accompanied_child": N_("A child comes along"),
    "safe_accommodation": N_("Safe accommodation"),
    "no_capacity": N_("We have no place"),
    "other_area": N_("It is outside our area"),
    "no_service": N_("We do not have the service that is needed"),
    "not_safe": N_("It is not safe there"),
    "too_short": N_("There is too little time"),
    "no_known_risk": N_("We know of no danger"),
    "safe_with_help": N_("It is safe with the right help"),
    "risk_in_area": N_("The area is dangerous"),
    "risk_for_group": N_("It is dangerous for people like these"),
    "no_protection": N_("Nobody protects them there"),
    "help_missing": N_("The help that they need is missing"),
    "person_asked": N_("The person asked for it"),
    "well": N_("Is well"),
    "tired": N_("Tired, needs rest"),
    "needs_doctor": N_("Needs a doctor"),
    "distressed": N_("Distressed"),
    "arrivals hall": N_("Arrivals hall of the airport"),
}
STATUS = {
    "offered": N_("Waits for your answer"),
    "asked_back": N_("We are answering your question"),
    "accepted": N_("Accepted"),
    "no_show": N_("Not arrived"),
    "arrived": N_("Arrived"),
    "received": N_("Received"),
}


def named(code: str, language: str) -> str:
    """A code in the reader's words; one that we have no words for as it is, readable."""
    text = CODES.get(code)
    return str(catalogue(language).gettext(text)) if text else code.replace("_", " ")


def tongue(code: str, language: str) -> str:
    """The name of a language in the reader's."""
    return str(locale(language).languages.get(code, code))


TONGUES = {
    "tr": "Türkçe", "en": "English", "ar": "العربية", "fa": "فارسی", "ru": "Русский", "fr": "Français",
    "uz": "Oʻzbekcha", "ur": "اردو",
}  # fmt: skip
