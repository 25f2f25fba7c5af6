"""The person's window: the way in, what it says outside, an empty one under duress, stopping, help, a check-in."""

import re
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from sqlmodel import col, select

from api.main import create_app
from api.pages.words import LANGUAGES
from api.settings import DoorSettings
from integrations.serving import Served
from models.complaint import complaints_for
from models.database import Database, vault_of
from models.follow_up import CheckIn
from models.glass import Alert
from models.incident import Incident
from models.message import Message
from models.person import ContactWord
from models.staff import Staff
from models.stage import Role
from tests.api.pages.browser import Browser, Forms
from tests.journeys.light import Light
from workflows.commands import NotAllowed, Refused, Wrong
from workflows.duties import duties
from workflows.inputs import DataConsentIn
from workflows.themselves import say
from workflows.window import give, take_back

PIN, OTHER = "394817", "775201"
TELLING = ("IOM", "Sıla", "return", "migra", "traffick", "dönüş", "göç", "العودة", "بازگشت به", "возвращ", "retour au")


class Held:
    """A person with a window, at a browser."""

    def __init__(self, light: Light, browser: Browser, token: str) -> None:
        self.light, self.browser, self.token = light, browser, token

    def enter(self, pin: str = PIN, language: str = "en") -> str:
        """Where they stand then, as text."""
        where = f"/w/in/{self.token}?l={language}"
        return self.browser.http.post(where, data={"pin": pin}).text


@pytest.fixture
def held(database: Database) -> Iterator[Held]:
    """In place, so that the first check-in comes a week after the choice."""
    light = Light(database)
    light.say("track_choice", {"track": "in_place"})
    app = create_app(light.house, DoorSettings(prefect_url="http://127.0.0.1:9"), light.house.clock.now)
    given = give(light.house, light.ref, PIN, OTHER, light.staff(Role.COUNSELLOR), light.house.clock.now())
    with Served(app) as at:
        browser = Browser(at.url, light.house)
        yield Held(light, browser, given.token)
        browser.http.close()


def rows(held: Held, kind: type) -> list:  # type: ignore[type-arg]
    """Everything of a kind."""
    with held.light.house.database.reading() as session:
        return list(session.exec(select(kind)))


def test_f28_a_scanner_that_fetches_and_posts_opens_nothing(held: Held) -> None:
    assert held.browser.get(f"/w/in/{held.token}").status_code == 200
    assert held.browser.http.post(f"/w/in/{held.token}").status_code == 422
    assert "w" not in held.browser.http.cookies


def test_s15_t14_wrong_unknown_locked_and_revoked_look_alike_and_five_tries_lock(held: Held) -> None:
    said = [held.browser.http.post(f"/w/in/{'x' * 43}", data={"pin": PIN})]
    said += [held.browser.http.post(f"/w/in/{held.token}", data={"pin": "111222"}) for _ in range(5)]
    said.append(held.browser.http.post(f"/w/in/{held.token}", data={"pin": PIN}))
    house = held.light.house
    take_back(house, held.light.ref, held.light.staff(Role.COUNSELLOR), house.clock.now())
    said.append(held.browser.http.post(f"/w/in/{held.token}", data={"pin": PIN}))
    assert {(one.status_code, one.text) for one in said} == {(422, said[0].text)}
    assert [row.kind for row in rows(held, Alert)] == ["window_locked"]


@pytest.fixture
def coded(held: Held) -> Held:
    """A window without a number: a code goes to the person's phone each time."""
    house, who = held.light.house, held.light.staff(Role.COUNSELLOR)
    held.token = give(house, held.light.ref, "", OTHER, who, house.clock.now(), by_code=True).token
    return held


def codes(held: Held) -> list[str]:
    """Every code that went out: what the person reads on their phone, while it waits to be handed over."""
    with held.light.house.database.reading() as session:
        sent = session.exec(select(Message).where(Message.kind == "code").order_by(col(Message.id))).all()
        texts = [vault_of(session).open(row, "words")["text"] for row in sent if row.words]
    return [re.findall(r"\d{6}", text)[-1] for text in texts]


def with_code(held: Held, pin: str = "", **said: str) -> httpx.Response:
    """Send the form of the way in, as it stands on the page."""
    page = held.browser.get(f"/w/in/{held.token}?l=en")
    [fields] = [fields for where, fields in Forms(page.text).forms if "mark" in fields]
    return held.browser.http.post(page.url, data={**fields, "pin": pin, **said})


def test_c11_a_code_by_a_safe_channel_opens_a_window_without_a_number_once(coded: Held) -> None:
    assert with_code(coded, PIN).status_code == 422  # the number of the window before
    asked = with_code(coded, send="code")
    assert (asked.status_code, "one is on its way" in asked.text) == (200, True)
    [code] = codes(coded)
    other = Browser(coded.browser.url, coded.light.house)
    assert with_code(Held(coded.light, other, coded.token), code).status_code == 422  # another browser
    other.http.close()
    assert with_code(coded, code).url.path == "/w"
    coded.browser.http.post("/w/leave")
    assert with_code(coded, code).status_code == 422  # replayed
    assert [row.recipient for row in rows(coded, Message)] == ["person"]


def test_t14_c12_whether_a_code_went_out_is_told_to_nobody(coded: Held) -> None:
    house, ref, token = coded.light.house, coded.light.ref, coded.token
    said = {with_code(coded, send="code").text}
    assert len(codes(coded)) == 1
    for other in ("x" * 43, token):
        coded.token = other
        take_back(house, ref, coded.light.staff(Role.COUNSELLOR), house.clock.now())
        said.add(with_code(coded, send="code").text)
    numbered = give(house, ref, PIN, "", coded.light.staff(Role.COUNSELLOR), house.clock.now())
    coded.token = numbered.token  # whoever chose a number is sent no code, whoever asks
    said.add(with_code(coded, send="code").text)
    assert (len(said), len(codes(coded))) == (1, 1)


def test_t4_s19_the_other_number_and_the_lock_hold_for_codes_too(coded: Held) -> None:
    assert "There is nothing new." in with_code(coded, OTHER).text
    assert [row.reason for row in rows(coded, Incident)] == ["duress"]
    coded.browser.http.post("/w/leave")
    with_code(coded, send="code")
    assert codes(coded) == []  # no channel is safe any more
    assert {with_code(coded, "111222").status_code for _ in range(5)} == {422}
    assert [row.kind for row in rows(coded, Alert)][-1] == "window_locked"
    house, who = coded.light.house, coded.light.staff(Role.COUNSELLOR)
    with pytest.raises(Refused) as refused:
        give(house, coded.light.ref, "", "", who, house.clock.now(), by_code=True)
    assert refused.value.code in ("not_safe", "no_channel")


def test_persian_digits_are_digits(held: Held) -> None:
    assert "/w/how" in held.enter("۳۹۴۸۱۷", "fa")


@pytest.mark.parametrize("language", LANGUAGES)
def test_s19_nothing_that_stands_outside_tells_what_it_is(held: Held, language: str) -> None:
    for path in (f"/w/in/{held.token}", "/w/soup"):
        text = held.browser.get(f"{path}?l={language}").text
        assert f'lang="{language}"' in text
        assert [word for word in TELLING if word.casefold() in text.casefold()] == []


def test_t4_the_other_number_opens_an_empty_window_and_calls_for_help_in_silence(held: Held) -> None:
    text = held.enter(OTHER)
    assert "There is nothing new." in text
    assert "/w/stop" not in text
    assert held.browser.get("/w/stop").url.path == "/w"
    assert [row.reason for row in rows(held, Incident)] == ["duress"]
    assert [row.word for row in rows(held, ContactWord)] == ["duress"]
    assert [(row.kind, row.role) for row in rows(held, Alert)] == [("person_duress", Role.PROTECTION_OFFICER)]
    assert "protection_response" in {duty.asking.question for duty in duties(held.light.facts())}


def test_withdrawal_works_in_one_step_with_prefect_down_and_twice_is_once(held: Held) -> None:
    held.enter()
    page = held.browser.get("/w/stop")
    for _ in range(2):
        assert held.browser.submit(page, "/w/stop").url.path == "/w/done/stop"
    case = held.light.case()
    assert (case.withdrawn_at, case.journey) == (held.light.house.clock.now(), 2)


def test_a_check_in_in_persian_that_is_not_safe_asks_protection_at_once_and_counts_once_f29(held: Held) -> None:
    held.light.later(timedelta(days=8))
    text = held.enter(language="fa")
    assert 'dir="rtl"' in text
    page = held.browser.get("/w/how")
    assert "در امان هستید؟" in page.text
    assert held.browser.submit(page, "/w/how", safe="no").url.path == "/w/done/help"
    assert held.browser.submit(page, "/w/how", safe="no").url.path == "/w/done/help"
    assert len(rows(held, CheckIn)) == 1
    assert "safety_review" in {duty.asking.question for duty in duties(held.light.facts())}


def test_who_is_not_safe_is_heard_though_no_check_in_is_due_and_pressed_twice_it_is_one_call(held: Held) -> None:
    held.enter()
    page = held.browser.get("/w/how")
    for _ in range(2):
        told = held.browser.submit(page, "/w/how", safe="no")
        assert (told.url.path, "112" in told.text) == ("/w/done/help", True)
    assert [row.kind for row in rows(held, Alert)] == ["person_unsafe"]
    assert len(rows(held, Incident)) == 1


def test_an_empty_complaint_leads_back_to_its_form(held: Held) -> None:
    held.enter()
    assert held.browser.submit(held.browser.get("/w/say"), "/w/say", text="  ").url.path == "/w/say"


def test_every_question_of_a_check_in_may_be_left_open(held: Held) -> None:
    held.light.later(timedelta(days=8))
    held.enter()
    assert held.browser.submit(held.browser.get("/w/how"), "/w/how").url.path == "/w/done/how"


def test_a_complaint_goes_past_the_owner_and_without_a_name_it_does_not_say_whose_it_is(held: Held) -> None:
    held.enter()
    held.browser.submit(held.browser.get("/w/say"), "/w/say", text="He shouted.", topic="staff")
    with held.light.house.database.reading() as session:
        assert complaints_for(session, "counsellor") == []
        assert [row.case_ref for row in complaints_for(session, "supervisor")] == [None]


def test_a_foreign_form_and_a_form_without_the_token_do_nothing(held: Held) -> None:
    held.enter()
    assert held.browser.http.post("/w/stop").status_code == 403
    assert held.browser.http.post("/w/stop", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert held.light.case().withdrawn_at is None


def test_c18_leaving_ends_the_session_and_clears_the_browser(held: Held) -> None:
    held.enter()
    kept = dict(held.browser.http.cookies)
    answer = held.browser.http.post("/w/leave")
    assert answer.url.path == "/w/soup"
    assert "cookies" in answer.history[0].headers["clear-site-data"]
    held.browser.http.cookies.update(kept)
    assert held.browser.get("/w").url.path == "/w/in"


def test_t3_nothing_but_what_is_on_the_list_may_be_said_so(held: Held) -> None:
    consent = {"text_version": "1", "text_hash": "0" * 64, "language": "en"}
    with pytest.raises(NotAllowed):
        say(held.light.house, held.light.ref, "data_consent", DataConsentIn.model_validate(consent))


@pytest.mark.parametrize(("pin", "other"), [("123456", ""), ("12345", ""), ("111111", ""), (PIN, PIN)])
def test_a_number_that_is_easy_to_guess_is_not_taken(held: Held, pin: str, other: str) -> None:
    with pytest.raises(Wrong):
        give(held.light.house, held.light.ref, pin, other, Staff(handle="counsellor", roles=["counsellor"]),
             held.light.house.clock.now())  # fmt: skip


def test_s19_no_window_is_given_while_contact_is_not_safe(held: Held) -> None:
    held.light.say("contact_unsafe", {})
    with pytest.raises(Refused):
        give(held.light.house, held.light.ref, PIN, "", held.light.staff(Role.COUNSELLOR), held.light.house.clock.now())


def test_a_page_is_small_with_its_style(held: Held) -> None:
    text = held.enter()
    style = held.browser.get(text.split('stylesheet" href="')[1].split('"')[0])
    assert len(text.encode()) + len(style.content) <= 60_000


def test_the_counsellor_gives_a_window_in_the_room_and_ends_it(held: Held) -> None:
    with held.light.house.database.unit_of_work() as session:
        session.add(Staff(handle="counsellor", roles=["counsellor"]))
    staff = Browser(str(held.browser.http.base_url), held.light.house).sign_in("counsellor")
    page = staff.get(f"/cases/{held.light.ref}/window")
    assert staff.submit(page, "/window$", pin=PIN).status_code == 422
    given = staff.submit(page, "/window$", pin=PIN, other=OTHER, safe="yes")
    held.token = given.text.split("/w/in/")[1].split("<")[0]
    assert "/w/how" in held.enter()
    assert staff.submit(page, "/window/end$").status_code == 200
    assert held.browser.get("/w").url.path == "/w/in"
    staff.http.close()
