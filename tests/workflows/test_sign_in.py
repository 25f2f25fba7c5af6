"""Signing in: two factors, tries that are counted, answers that tell nothing, and what is written down."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from models.account import FREE_TRIES, account_of
from models.database import Database
from models.sign_in import Outcome, SignIn, latest
from models.signed_in import whose
from models.staff import Staff
from tests.workflows.accounts import NOW, PASSWORD, Somebody
from workflows.account import disable, enable, is_password, unlock
from workflows.commands import Wrong
from workflows.demo_account import current_code, enrol_demo
from workflows.sign_in import Half, half_of, show_code, show_password

NETWORK = "n"


@pytest.fixture
def ayse(database: Database) -> Somebody:
    """A counsellor."""
    return Somebody(database, "ayse", "counsellor")


def half(database: Database, at: datetime = NOW) -> Half:
    """Past the first factor."""
    found = show_password(database, "ayse", PASSWORD, NETWORK, at)
    assert found is not None
    return found


def outcomes(database: Database) -> list[Outcome]:
    """What the audit holds, the oldest first."""
    with database.reading() as session:
        return [row.outcome for row in reversed(latest(session))]


def test_two_factors_make_a_session(database: Database, ayse: Somebody) -> None:
    value = show_code(database, half(database), ayse.code(NOW), NETWORK, NOW)
    with database.reading() as session:
        found = whose(session, value or "", NOW)
        assert found is not None
        assert found[1].handle == "ayse"
    assert outcomes(database) == [Outcome.PASSWORD, Outcome.SIGNED_IN]


def test_asvs_6_3_3_the_password_alone_is_not_enough(database: Database, ayse: Somebody) -> None:
    for code in ("", "000000", ayse.code(NOW - timedelta(minutes=2)), "ZZZZZ-ZZZZZ"):
        assert show_code(database, half(database), code, NETWORK, NOW) is None


def test_asvs_6_5_1_a_code_is_good_once(database: Database, ayse: Somebody) -> None:
    code = ayse.code(NOW)
    assert show_code(database, half(database), code, NETWORK, NOW)
    assert show_code(database, half(database), code, NETWORK, NOW) is None
    assert show_code(database, half(database), ayse.code(NOW - timedelta(seconds=30)), NETWORK, NOW) is None
    later = NOW + timedelta(seconds=30)
    assert show_code(database, half(database, later), ayse.code(later), NETWORK, later)


def test_a_recovery_code_is_good_once_and_for_its_owner_only(database: Database, ayse: Somebody) -> None:
    other = Somebody(database, "other", "counsellor")
    assert show_code(database, half(database), other.codes[0], NETWORK, NOW) is None
    assert show_code(database, half(database), ayse.codes[0].lower().replace("-", " "), NETWORK, NOW)
    assert show_code(database, half(database), ayse.codes[0], NETWORK, NOW) is None
    assert Outcome.RECOVERED in outcomes(database)


def test_t14_every_refusal_is_the_same_and_only_the_audit_knows(database: Database, ayse: Somebody) -> None:
    Somebody(database, "closed", "counsellor")
    with database.unit_of_work() as session:
        disable(session, "closed", "admin", NOW)
    assert show_password(database, "nobody", PASSWORD, NETWORK, NOW) is None
    assert show_password(database, "closed", PASSWORD, NETWORK, NOW) is None
    assert show_password(database, "ayse", "wrong password", NETWORK, NOW) is None
    assert outcomes(database) == [Outcome.UNKNOWN, Outcome.CLOSED, Outcome.WRONG]
    with database.reading() as session:
        assert session.exec(select(SignIn.handle)).all()[0] is None  # what was typed may be a password


def test_lock_out_grows_and_passes(database: Database, ayse: Somebody) -> None:
    for _ in range(FREE_TRIES):
        assert show_password(database, "ayse", "wrong password", NETWORK, NOW) is None
    assert show_password(database, "ayse", PASSWORD, NETWORK, NOW + timedelta(seconds=59)) is None
    assert outcomes(database)[-1] is Outcome.LOCKED
    later = NOW + timedelta(minutes=1)
    assert show_password(database, "ayse", "wrong password", NETWORK, later) is None
    assert show_password(database, "ayse", PASSWORD, NETWORK, later + timedelta(seconds=119)) is None
    assert show_password(database, "ayse", PASSWORD, NETWORK, later + timedelta(seconds=120))


def test_many_guesses_at_once_are_no_more_than_many_in_turn(database: Database, ayse: Somebody) -> None:
    with ThreadPoolExecutor(8) as pool:
        tries = [pool.submit(show_password, database, "ayse", "wrong password", NETWORK, NOW) for _ in range(12)]
        assert {one.result() for one in tries} == {None}
    assert sorted(outcomes(database)) == [Outcome.LOCKED] * (12 - FREE_TRIES) + [Outcome.WRONG] * FREE_TRIES


def test_two_browsers_cannot_use_one_code_at_the_same_moment(database: Database, ayse: Somebody) -> None:
    known, codes = half(database), [ayse.code(NOW), ayse.codes[0]]
    for code in codes:
        with ThreadPoolExecutor(4) as pool:
            got = [pool.submit(show_code, database, known, code, NETWORK, NOW) for _ in range(4)]
            assert sum(one.result() is not None for one in got) == 1


def test_a_right_password_does_not_forgive_wrong_codes(database: Database, ayse: Somebody) -> None:
    for _ in range(FREE_TRIES):
        assert show_code(database, half(database), "000000", NETWORK, NOW) is None
    assert show_password(database, "ayse", PASSWORD, NETWORK, NOW) is None
    with database.unit_of_work() as session:
        unlock(session, "ayse", "admin", NOW)
    assert show_code(database, half(database), ayse.code(NOW), NETWORK, NOW)
    with database.unit_of_work() as session:
        account = account_of(session, "ayse")
        assert account is not None
        assert account.failed == 0


def test_wrong_passwords_within_a_session_count_as_well(database: Database, ayse: Somebody) -> None:
    for _ in range(FREE_TRIES):
        assert not is_password(database, "ayse", "wrong password", NOW)
    assert not is_password(database, "ayse", PASSWORD, NOW)


def test_the_half_session_is_short_sealed_and_ends_with_the_password(database: Database, ayse: Somebody) -> None:
    text = half(database).sealed(database.keyring)
    assert "ayse" not in text
    assert half_of(database.keyring, text, NOW + timedelta(minutes=4))
    assert half_of(database.keyring, text, NOW + timedelta(minutes=5)) is None
    assert half_of(database.keyring, text[:-4] + "AAAA", NOW) is None
    with database.unit_of_work() as session:
        account = account_of(session, "ayse")
        assert account is not None
        account.password_at = NOW + timedelta(seconds=1)
    kept = half_of(database.keyring, text, NOW)
    assert kept is not None
    assert show_code(database, kept, ayse.code(NOW), NETWORK, NOW) is None


def test_asvs_7_4_2_a_closed_account_ends_its_sessions_and_opens_again(database: Database, ayse: Somebody) -> None:
    value = show_code(database, half(database), ayse.code(NOW), NETWORK, NOW) or ""
    with database.unit_of_work() as session:
        disable(session, "ayse", "admin", NOW)
    with database.unit_of_work() as session:
        assert whose(session, value, NOW) is None
        enable(session, "ayse", "admin", NOW)
    assert half(database)


def test_the_house_shows_no_code_of_somebody_who_has_an_app(database: Database, ayse: Somebody) -> None:
    with database.unit_of_work() as session, pytest.raises(Wrong, match="app of their own"):
        current_code(session, "ayse", NOW)


def test_a_demo_account_signs_in_with_the_code_that_the_house_shows(database: Database) -> None:
    with database.unit_of_work() as session:
        session.add(Staff(handle="ayse", roles=["counsellor"]))
        enrol_demo(session, "ayse", NOW)
    for _ in range(2):
        with database.unit_of_work() as session:
            code = current_code(session, "ayse", NOW)
        assert show_code(database, half(database), code, NETWORK, NOW)
