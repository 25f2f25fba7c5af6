"""Signing in through an organisation's provider: a real one, small, on a socket of its own."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from joserfc.jwk import OctKey, RSAKey
from sqlmodel import select

from api.main import create_app
from api.settings import DoorSettings
from integrations.identity import NotInstalled
from integrations.identity.simulator import Provider, create_simulator
from integrations.serving import Served
from models.clock import FixedClock
from models.database import Database
from models.sign_in import Outcome, SignIn
from models.signed_in import SignedIn
from models.staff import Staff
from models.stage import Role
from tests.api.pages.browser import NOW, Browser, served
from tests.workflows.accounts import Somebody

GROUPS = {"team": Role.COUNSELLOR, "leads": Role.SUPERVISOR, "outside": Role.RECEIVING_PARTNER}
PERSON = {"sub": "u-1", "preferred_username": "ayse@example.org", "groups": ["team", "football"]}


@pytest.fixture
def clock() -> FixedClock:
    """Stands until it is moved."""
    return FixedClock(NOW)


@pytest.fixture
def provider(clock: FixedClock) -> Iterator[Provider]:
    """The provider, with Ayşe at its sign-in page."""
    made = Provider("sila", "secret", person=dict(PERSON), now=lambda: clock.now().timestamp())
    with Served(create_simulator(made)) as at:
        made.issuer = at.url
        yield made


@pytest.fixture
def browser(database: Database, clock: FixedClock, provider: Provider) -> Iterator[Browser]:
    """Nobody yet, in a house that knows the provider."""
    oidc: dict[str, Any] = {
        "oidc_issuer": provider.issuer, "oidc_client_id": "sila", "oidc_secret": "secret", "oidc_groups": GROUPS,
    }  # fmt: skip
    with served(database, clock, **oidc) as browser:
        browser.settings.public_url = browser.url
        yield browser


def staff(browser: Browser, handle: str = "ayse") -> Staff | None:
    """Somebody as they are now."""
    with browser.house.database.reading() as session:
        return session.exec(select(Staff).where(Staff.handle == handle)).first()


def sign_in(browser: Browser, query: str = "") -> httpx.Response:
    """By the link of the sign-in page."""
    return browser.get(f"/sign-in/provider{query}")


def test_groups_give_roles_and_the_mark_gives_the_account(browser: Browser, provider: Provider) -> None:
    assert "/sign-in/provider?next=" in browser.get("/sign-in").text
    assert sign_in(browser, "?next=%2Faccount").url.path == "/account"
    found = staff(browser)
    assert found is not None
    assert found.roles == ["counsellor"]
    browser.http.cookies.clear()
    provider.person |= {"preferred_username": "renamed", "groups": ["leads", "team", "outside"]}
    sign_in(browser)
    found = staff(browser)
    assert found is not None
    assert found.roles == ["counsellor", "supervisor"]
    assert staff(browser, "renamed") is None


def test_the_trip_is_tied_by_state_nonce_and_pkce(browser: Browser, provider: Provider) -> None:
    sign_in(browser)
    asked = provider.asked[0]
    assert (asked["code_challenge_method"], asked["response_type"]) == ("S256", "code")
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3


def test_who_has_no_mapped_group_is_not_let_in(browser: Browser, provider: Provider) -> None:
    for groups in ([], ["football"], ["outside"], "team", None):
        provider.person["groups"] = groups
        assert sign_in(browser).status_code == 403, groups
    assert staff(browser) is None
    assert browser.get("/account").url.path == "/sign-in"


def test_groups_that_were_taken_close_the_door_and_leave_what_was(browser: Browser, provider: Provider) -> None:
    sign_in(browser)
    provider.person["groups"] = []
    assert sign_in(browser, "?again=true").status_code == 403
    with browser.house.database.reading() as session:
        assert session.exec(select(SignIn.outcome)).all() == [Outcome.BY_PROVIDER, Outcome.CLOSED]


def test_nobody_takes_over_an_account_by_its_name(browser: Browser, provider: Provider) -> None:
    Somebody(browser.house.database, "supervisor", make=False)
    provider.person["preferred_username"] = "supervisor"
    assert sign_in(browser).status_code == 403
    for name in ("", "new", "a b", "../etc", "x" * 70):
        provider.person["preferred_username"] = name
        assert sign_in(browser).status_code == 403, name


@pytest.mark.parametrize("said", [
    {"nonce": "another"}, {"aud": "another"}, {"iss": "https://evil.example"}, {"exp": 1}, {"sub": None},
    {"aud": ["sila", "another"], "azp": "another"}, {"iat": 10**11},
], ids=str)  # fmt: skip
def test_asvs_9_2_a_token_with_another_claim_is_refused(
    browser: Browser, provider: Provider, said: dict[str, Any]
) -> None:
    provider.said = said
    assert sign_in(browser).status_code == 403
    assert staff(browser) is None


def test_asvs_9_1_a_token_signed_by_another_key_or_by_a_shared_secret_is_refused(
    browser: Browser, provider: Provider
) -> None:
    provider.shown = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
    assert sign_in(browser).status_code == 403
    provider.shown, provider.algorithm = None, "HS256"
    provider.key = OctKey.import_key("secret-that-both-know-and-is-long", {"kid": "one"})  # type: ignore[assignment]
    assert sign_in(browser).status_code == 403


def test_csrf_a_code_of_somebody_elses_trip_signs_nobody_in(browser: Browser, provider: Provider) -> None:
    away = browser.http.get("/sign-in/provider", follow_redirects=False)
    back = httpx.get(away.headers["location"], follow_redirects=False, trust_env=False).headers["location"]
    kept = browser.http.cookies["sila-trip"]
    browser.http.cookies.clear()
    assert browser.get(back).status_code == 403
    browser.http.cookies.set("sila-trip", kept)
    assert browser.get(back.replace("state=", "state=x")).status_code == 403
    assert browser.get(back).status_code == 200
    assert browser.get(back).status_code == 403


def test_a_session_through_the_provider_is_as_fresh_as_its_proof(
    browser: Browser, provider: Provider, clock: FixedClock
) -> None:
    provider.said = {"auth_time": int((NOW - timedelta(hours=2)).timestamp())}
    sign_in(browser)
    with browser.house.database.reading() as session:
        row = session.exec(select(SignedIn)).one()
    assert row.proved_at == NOW - timedelta(hours=2)
    provider.said = {}
    sign_in(browser, "?again=true")
    assert provider.asked[-1]["prompt"] == "login"
    with browser.house.database.reading() as session:
        rows = session.exec(select(SignedIn).where(SignedIn.ended_at == None)).all()  # noqa: E711
    assert [one.proved_at for one in rows] == [NOW]


def test_open_redirect_the_way_back_stays_in_this_house(browser: Browser) -> None:
    assert sign_in(browser, "?next=//evil.example").url.path == "/"


def test_a_silent_provider_leaves_the_other_way_in(database: Database, clock: FixedClock) -> None:
    oidc: dict[str, Any] = {"oidc_issuer": "http://127.0.0.1:9", "oidc_client_id": "x", "oidc_secret": "y"}
    with served(database, clock, **oidc) as browser:
        assert browser.get("/sign-in/provider").status_code == 503
        assert browser.get("/sign-in").status_code == 200


def test_without_a_provider_there_is_no_such_page(database: Database) -> None:
    with served(database) as browser:
        assert browser.get("/sign-in/provider").status_code == 404
        assert "/sign-in/provider" not in browser.get("/sign-in").text


def test_without_the_extra_the_start_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "integrations.identity.oidc", raising=False)
    for name in [one for one in sys.modules if one.startswith("authlib")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "authlib", None)
    with pytest.raises(NotInstalled, match=r"sila\[oidc\]"):
        create_app(None, DoorSettings(oidc_issuer="https://id.example"))


def test_a_group_cannot_give_a_role_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILA_OIDC_GROUPS", '{"team": "king"}')
    with pytest.raises(ValueError, match="oidc_groups"):
        DoorSettings()
    monkeypatch.setenv("SILA_OIDC_GROUPS", '{"team": "counsellor"}')
    assert DoorSettings().oidc_groups == {"team": Role.COUNSELLOR}
