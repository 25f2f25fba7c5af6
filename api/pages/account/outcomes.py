"""What the audit of sign-ins says, in words."""

from api.pages.places import N_
from models.sign_in import Outcome

OUTCOMES = {
    Outcome.BEGUN: N_("Try without an end"),
    Outcome.WRONG: N_("Wrong password"),
    Outcome.LOCKED: N_("Refused: locked for some minutes"),
    Outcome.UNKNOWN: N_("Refused: nobody has this name"),
    Outcome.CLOSED: N_("Refused: the account is closed"),
    Outcome.UNREVIEWED: N_("Refused: an emergency access waits for its review"),
    Outcome.PASSWORD: N_("Right password"),
    Outcome.WRONG_CODE: N_("Wrong code"),
    Outcome.SIGNED_IN: N_("Signed in"),
    Outcome.RECOVERED: N_("Signed in with a recovery code"),
    Outcome.BY_PROVIDER: N_("Signed in through the organisation"),
    Outcome.STEPPED_UP: N_("Showed a code again"),
    Outcome.GIVEN_BACK: N_("The act was refused: the code is still good"),
    Outcome.SIGNED_OUT: N_("Signed out"),
    Outcome.ENDED: N_("Ended a session"),
    Outcome.ENROLLED: N_("Enrolled"),
    Outcome.NEW_PASSWORD: N_("Chose a new password"),
    Outcome.NEW_CODES: N_("Made new recovery codes"),
}
