"""Links, codes and sessions: what is kept of them, what ends them, and that each opens one thing (S15, C10, C11)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from models.database import Database
from models.link import LONGEST, MOST_WRONG, Link, LinkPurpose, issue, opening, revoke
from models.link_code import MOST_AN_HOUR, MOST_TRIES, Entered, LinkCode, ask, enter
from models.link_session import IDLE, LinkSession, whose

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
OFFER, WINDOW = LinkPurpose.PARTNER_HANDOVER, LinkPurpose.PERSON_WINDOW


def made(session: Session, purpose: LinkPurpose = OFFER, subject: str = "h1") -> tuple[str, Link]:
    """A link and its token."""
    token = issue(session, purpose, subject, "nadia", "sila", NOW)
    session.flush()
    found = opening(session, purpose, token, NOW)
    assert found is not None
    return token, found


def entered(session: Session, link: Link, device: str = "phone", now: datetime = NOW) -> Entered:
    """Opened with the right code."""
    code = ask(session, link, device, "sms", now)
    assert code is not None
    session.flush()
    found = enter(session, link, device, code, now)
    assert found is not None
    session.flush()
    return found


def test_c10_only_hashes_of_token_code_and_cookie_are_kept(database: Database) -> None:
    with database.unit_of_work() as session:
        token, link = made(session)
        code = ask(session, link, "phone", "sms", NOW) or ""
        session.flush()
        said = enter(session, link, "phone", code, NOW)
        assert said is not None
        session.flush()
        kept = [
            str(row.model_dump()) for kind in (Link, LinkCode, LinkSession) for row in session.exec(select(kind)).all()
        ]
    assert len(token) >= 43
    assert not [word for word in (token, f"'{code}'", said.cookie, "phone") if word in " ".join(kept)]


def test_c10_a_link_opens_its_purpose_only_until_it_expires_or_is_revoked(database: Database) -> None:
    with database.unit_of_work() as session:
        token, link = made(session)
        assert opening(session, WINDOW, token, NOW) is None
        assert opening(session, OFFER, token + "x", NOW) is None
        last = NOW + LONGEST[OFFER]
        assert opening(session, OFFER, token, last - timedelta(seconds=1))
        assert opening(session, OFFER, token, last) is None
        cookie = entered(session, link).cookie
        assert revoke(session, OFFER, "h1", NOW) == 1
        assert opening(session, OFFER, token, NOW) is None
        assert whose(session, OFFER, cookie, NOW) is None
        assert revoke(session, OFFER, "h1", NOW) == 0


def test_c10_a_partners_link_lives_three_days_at_most(database: Database) -> None:
    assert LONGEST[OFFER] <= timedelta(hours=72)
    with database.unit_of_work() as session, pytest.raises(ValueError, match="at most"):
        issue(session, OFFER, "h1", "nadia", "sila", NOW, lifetime=timedelta(hours=73))


def test_c10_a_link_opens_so_often_and_no_more(database: Database) -> None:
    with database.unit_of_work() as session:
        token = issue(session, OFFER, "h1", "nadia", "sila", NOW, most_views=1)
        session.flush()
        link = opening(session, OFFER, token, NOW)
        assert link is not None
        cookie = entered(session, link).cookie
        assert opening(session, OFFER, token, NOW) is None
        assert whose(session, OFFER, cookie, NOW) is not None  # who is inside stays inside


def test_c11_a_code_opens_once_within_ten_minutes_in_the_browser_that_asked(database: Database) -> None:
    with database.unit_of_work() as session:
        _, link = made(session)
        code = ask(session, link, "phone", "sms", NOW) or ""
        session.flush()
        assert enter(session, link, "another phone", code, NOW) is None
        assert enter(session, link, "phone", code, NOW + timedelta(minutes=10)) is None
        assert enter(session, link, "phone", code, NOW) is not None
        session.flush()
        assert enter(session, link, "phone", code, NOW) is None  # replayed


def test_c11_five_wrong_codes_lock_the_code_and_fifteen_the_link(database: Database) -> None:
    with database.unit_of_work() as session:
        token, link = made(session)
        for number in range(MOST_WRONG // MOST_TRIES):
            code = ask(session, link, "phone", "sms", NOW) or ""
            session.flush()
            assert opening(session, OFFER, token, NOW), number
            wrong = "000000" if code != "000000" else "000001"
            assert [enter(session, link, "phone", wrong, NOW) for _ in range(MOST_TRIES)] == [None] * MOST_TRIES
            assert enter(session, link, "phone", code, NOW) is None  # the right one comes too late
        assert opening(session, OFFER, token, NOW) is None
        assert ask(session, link, "phone", "sms", NOW) is None


def test_c12_no_more_than_so_many_codes_an_hour(database: Database) -> None:
    with database.unit_of_work() as session:
        _, link = made(session)
        for _ in range(MOST_AN_HOUR):
            assert ask(session, link, "phone", "sms", NOW)
            session.flush()
        assert ask(session, link, "tablet", "sms", NOW + timedelta(minutes=59)) is None
        assert ask(session, link, "phone", "sms", NOW + timedelta(minutes=61))


def test_t13_a_second_device_needs_a_code_of_its_own_and_is_known_as_such(database: Database) -> None:
    with database.unit_of_work() as session:
        _, link = made(session)
        assert not entered(session, link).is_other
        assert not entered(session, link).is_other
        assert entered(session, link, "tablet").is_other


def test_sessions_end_when_idle_and_with_their_link(database: Database) -> None:
    with database.unit_of_work() as session:
        _, link = made(session)
        cookie = entered(session, link).cookie
        assert whose(session, OFFER, cookie, NOW + IDLE - timedelta(seconds=1))
        assert whose(session, OFFER, cookie, NOW + IDLE) is None
        assert whose(session, WINDOW, cookie, NOW) is None
        assert whose(session, OFFER, "", NOW) is None
