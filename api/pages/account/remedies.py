"""Why a change to an account cannot be, and what to do, in the words of the page."""

from api.pages.places import N_
from workflows.commands import Wrong

REMEDIES = {
    "handle": N_("Choose a name of 2 to 60 letters, digits, dots and dashes."),
    "known": N_("Somebody has this name already: choose another."),
    "no_role": N_("Choose at least one role."),
    "partner_role": N_("The roles of partners go with an organisation, and only they do."),
    "no_partner": N_("This organisation is not known: it is added with the command for partners first."),
    "oneself": N_("Nobody does this to their own account: ask another administrator."),
    "not_a_supervisor": N_("Choose an active supervisor, and not the person themselves."),
    "no_account": N_("This person has not enrolled yet."),
    "not_active": N_("This person has left: add them again under another name."),
    "unknown_staff": N_("Nobody has this name."),
}


def remedy(error: Wrong) -> str:
    """The sentence, to be translated."""
    return REMEDIES[error.code]
