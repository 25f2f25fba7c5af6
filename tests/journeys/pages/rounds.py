"""Every page there is, who opens it, and where: one list for the tests that look at all of them."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import cycle
from typing import NamedTuple

from fastapi.routing import APIRoute

from api import pages
from api.pages.words import STAFF_LANGUAGES
from models.link import LinkPurpose
from models.stage import Role
from tests.journeys.pages.readers import LEADS_ON, NO_CASE, PARTNER, WORK, Readers
from workflows.records import FACTS

# They answer with a file, or lead on at once.
NO_PAGES = {
    "/static/{name}", "/cases/{ref}/documents/{print_id}.pdf", "/w/papers/{print_id}.pdf", "/enrol/{token}", "/queues",
    "/sign-in/provider", "/sign-in/provider/back",
}  # fmt: skip


class Visit(NamedTuple):
    """One page as one reader opens it. ``cookies`` say who reads."""

    route: str
    path: str
    language: str
    cookies: dict[str, str]


def page_routes() -> set[str]:
    """The address of every page that can be opened."""
    routes = [route for router in pages.routers() for route in router.routes if isinstance(route, APIRoute)]
    return {route.path for route in routes if "GET" in route.methods} - NO_PAGES


def all_visits(readers: Readers) -> Iterator[Visit]:
    """The whole round: staff in both of their languages, partners and people in both directions."""
    for one in (for_staff, for_guests, at_link, at_place, at_inbox, at_window, forms):
        yield from one(readers)


# Pages that differ in their words alone: one language in each direction. That all words are there is shown elsewhere.
SCRIPTS = ("ru", "ar")
WINDOW = ("/consents", "/seen", "/dates", "/opinion", "/stop", "/help", "/call", "/say", "/done/help")
MAIN = ("/", "/cases", "/cases/new", "/queues/counsellor", "/queues/supervisor", "/account", "/operations", "/staff")
STAFF_PATHS: dict[str, tuple[str, ...]] = {
    "counsellor": ("/", "/cases", "/cases?overdue=true", "/cases?closed=true", "/cases/new", "/cases/new/aside",
                   "/queues/counsellor", "/account", "/account/password", "/prove", "/kept/{kept}"),
    "protection_officer": ("/", "/queues/protection_officer", "/letters"),
    "medical_officer": ("/", "/queues/medical_officer", f"/cases/{NO_CASE}/break-glass"),
    "movement_officer": ("/", "/queues/movement_officer"),
    "supervisor": ("/", "/queues/supervisor", "/complaints", "/cases", "/operations/messages", "/reviews",
                   "/reviews/{glass}"),
    "shelter_partner": ("/",), "monitoring": ("/cases",), "auditor": ("/", "/cases"),
    "operations": ("/operations", "/operations/messages"),
    "administrator": ("/staff", "/staff/new", "/staff/sign-ins", "/staff/counsellor"),
}  # fmt: skip
OF_A_CASE = (
    "documents", "handovers", "messages", "notes", "record", "sharing", "team", "timeline", "travel", "window",
    "withdraw",
)  # fmt: skip


def for_staff(readers: Readers) -> Iterator[Visit]:
    """Everything that staff open but the forms: the main pages in both languages, the others by turns."""
    kept, glass, turns = readers.kept(), readers.asked(), cycle(STAFF_LANGUAGES)
    for handle, paths in STAFF_PATHS.items():
        signed = {language: readers.staff(handle, language) for language in STAFF_LANGUAGES}
        for path in (*paths, *cases_for(readers, handle)):
            for language in STAFF_LANGUAGES if path in MAIN else (next(turns),):
                yield visited(language, signed[language], path.format(kept=kept, glass=glass))


def cases_for(readers: Readers, handle: str) -> list[str]:
    """The pages of cases, each for whoever works at that point of them."""
    at = {name: f"/cases/{one.ref}" for name, one in readers.cases.items()}
    if handle == "counsellor":
        of_two = [f"{at[name]}/{part}" for name in ("home", "travels") for part in OF_A_CASE]
        return [*at.values(), *of_two, f"{at['withdrawn']}/withdrawn"]
    return {
        "protection_officer": [at["risk"], f"{at['risk']}/risk", f"{at['risk']}/risk/new"],
        "supervisor": [f"{at['approval']}/risk", f"{at['travels']}/travel", f"{at['home']}/timeline"],
        "medical_officer": [at["health"]],
        "movement_officer": [at["desk"], f"{at['desk']}/travel"],
        "operations": [f"/operations{at['travels']}", f"/operations{at['home']}"],
    }.get(handle, [])


def visited(language: str, cookies: dict[str, str], path: str) -> Visit:
    """A visit to the page whose address it is."""
    return Visit(route_of(path.partition("?")[0]), path, language, cookies)


def route_of(path: str) -> str:
    """The route of an address: one with fewer places before one with more, as the application reads them."""
    known = sorted(page_routes(), key=lambda one: (one.count("{"), one))
    return next(one for one in known if re.fullmatch(re.sub(r"{\w+}", "[^/]+", one), path))


def for_guests(readers: Readers) -> Iterator[Visit]:
    """Signing in and enrolling, and the page that says whether a paper is genuine."""
    invited = readers.invited()
    for language in STAFF_LANGUAGES:
        visit = partial(visited, language)
        yield visit({}, "/sign-in")
        yield visit(readers.half_way(), "/sign-in/code")
        yield visit({"sila-enrol": invited}, "/enrol")
    for language in SCRIPTS:
        for path in ("/verify", "/verify/nothing-known"):
            yield visited(language, {}, path)


def at_link(readers: Readers) -> Iterator[Visit]:
    """A partner by link: the entrance, and every form that it is offered at each point of a handover."""
    seen: set[tuple[str, str]] = set()
    for name in ("offered", "travels", "home"):
        token, words = readers.handover_token(name), readers.words_offered(name)
        said = readers.said(name, readers.page_of(token))
        for language in SCRIPTS:
            inside = {"sila-link": readers.by_link(LinkPurpose.PARTNER_HANDOVER, token, language)}
            yield visited(language, {}, f"/h/{token}?language={language}")
            for path in ("", f"/said/{said}", *(f"/word/{word}" for word in words)):
                if (language, path) not in seen or not path:
                    yield visited(language, inside, f"/h{path}")
                seen.add((language, path))


def at_place(readers: Readers) -> Iterator[Visit]:
    """A partner that is asked about a place: the entrance, the question, and the same after the answer."""
    token = readers.place_token("risk")
    page = readers.page_of(token, LinkPurpose.PARTNER_PLACE)
    inside = {one: {"sila-place": readers.by_link(LinkPurpose.PARTNER_PLACE, token, one)} for one in SCRIPTS}
    for language in SCRIPTS:
        yield visited(language, {}, f"/p/{token}?language={language}")
        yield visited(language, inside[language], "/p")
    said = readers.said_of_place("risk", page)
    for language in SCRIPTS:
        for path in ("", f"/said/{said}"):
            yield visited(language, inside[language], f"/p{path}")


def at_inbox(readers: Readers) -> Iterator[Visit]:
    """A partner with an account."""
    one = f"/inbox/{readers.cases['offered'].row().id}"
    said = readers.said("offered", readers.page_of_partner())
    place = f"/inbox/places/{readers.asked_about('approval')}"
    heard = readers.said_of_place("approval", readers.page_of_partner())
    for language in SCRIPTS:
        cookies = readers.staff(PARTNER, language)
        for path in ("/inbox", place, f"{place}/said/{heard}", one, f"{one}/word/ask", f"{one}/said/{said}"):
            yield visited(language, cookies, path)


def at_window(readers: Readers) -> Iterator[Visit]:
    """The person themselves."""
    token, consent = readers.window("home"), readers.consent("home")
    for language in SCRIPTS:
        inside = {"w": readers.by_link(LinkPurpose.PERSON_WINDOW, token, language)}
        for path in (f"/w/in/{token}", "/w/in", "/w/soup"):
            yield visited(language, {}, f"{path}?l={language}")
        for path in ("", "/how", "/done/how", f"/consents/{consent}", *WINDOW):
            yield visited(language, inside, f"/w{path}")


def forms(readers: Readers) -> Iterator[Visit]:
    """The form of every fact and of every open question, each in one language, by turns."""
    language = cycle(STAFF_LANGUAGES)
    ref = readers.cases["travels"].ref
    signed = {(role, one): readers.staff(role, one) for role in STAFF_PATHS for one in STAFF_LANGUAGES}
    for path, role in (*recordable(ref), *((f"/questions/{one}", role) for one, role in readers.questions())):
        spoken = next(language)
        yield visited(spoken, signed[role, spoken], path)


def recordable(ref: str) -> list[tuple[str, str]]:
    """What may be recorded without being asked, and by whom."""
    free = [fact for fact in FACTS.values() if not fact.only_when_asked and fact.kind not in LEADS_ON]
    return [(f"/cases/{ref}/record/{fact.kind}", recorder(fact.roles)) for fact in free]


def recorder(roles: Sequence[Role]) -> str:
    """One of ours who may: whoever works on the case comes first."""
    return next(role for role in WORK if role in roles).value
