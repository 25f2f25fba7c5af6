"""The places of the staff's pages, and who finds them in the menu."""

from dataclasses import dataclass
from typing import Any

from models.staff import Staff
from models.stage import Role


@dataclass(frozen=True)
class PlaceInMenu:
    """One entry: where it leads, its name, and for whose roles."""

    path: str
    name: str
    roles: tuple[Role, ...]


def N_(text: str) -> str:  # noqa: N802  gettext's own name for a text that is translated where it is shown
    """Mark a text for the catalogues."""
    return text


CASE_STAFF = (Role.COUNSELLOR, Role.PROTECTION_OFFICER, Role.MEDICAL_OFFICER, Role.MOVEMENT_OFFICER, Role.SUPERVISOR)
READERS = (Role.SHELTER_PARTNER, Role.MONITORING, Role.AUDITOR)  # they find cases, and no queue
MENU = (
    PlaceInMenu("/", N_("Home"), tuple(Role)),
    PlaceInMenu("/cases", N_("Cases"), (*CASE_STAFF, *READERS)),
    PlaceInMenu("/queues", N_("Queues"), CASE_STAFF),
    PlaceInMenu("/letters", N_("Unread letters"), (Role.PROTECTION_OFFICER, Role.SUPERVISOR)),
    PlaceInMenu("/reviews", N_("Reviews"), (Role.PROTECTION_OFFICER, Role.SUPERVISOR)),
    PlaceInMenu("/operations", N_("Operations"), (Role.OPERATIONS,)),
    PlaceInMenu("/operations/messages", N_("Messages"), (Role.SUPERVISOR,)),
    PlaceInMenu("/inbox", N_("Requests to you"), (Role.RECEIVING_PARTNER,)),
    PlaceInMenu("/staff", N_("Staff"), (Role.ADMINISTRATOR,)),
)


def places(reader: Any) -> list[PlaceInMenu]:
    """The entries for whoever reads; none for somebody who is no staff."""
    staff: Staff | None = getattr(reader, "staff", None)
    return [place for place in MENU if staff and staff.has(*place.roles)]
