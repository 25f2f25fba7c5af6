"""The doors for enquiries and for who is kept apart: equal answers, and nobody else looks."""

from tests.api.test_doors import Doors, an_intake, doors  # noqa: F401 - the fixture


def ask(doors: Doors, about: str, role: str = "counsellor") -> object:  # noqa: F811
    """The whole answer to an enquiry."""
    answer = doors.post("/api/enquiries", {"channel": "phone", "asker": "media", "about": about}, role)
    kept = {name: value for name, value in answer.headers.items() if name != "date"}
    return answer.status_code, answer.json(), kept


def test_a_known_and_an_unknown_person_get_the_same_answer(doors: Doors) -> None:  # noqa: F811
    ref = doors.post("/api/cases", an_intake()).json()["ref"]
    known, unknown = ask(doors, "Nino Beridze"), ask(doors, "Somebody Else")
    assert known == unknown
    assert known == ask(doors, "Nino Beridze", "movement_officer")
    assert noted(doors, ref) == 2


def noted(doors: Doors, ref: str) -> int:  # noqa: F811
    """How often the case was told; the look comes after the answer, so it may take a moment."""
    for _ in range(100):
        kinds = [event["kind"] for event in doors.get(f"/api/cases/{ref}/timeline").json()["events"]]
        if kinds.count("enquiry.noted") == 2:
            break
    return kinds.count("enquiry.noted")


def test_who_is_kept_apart_is_told_to_a_protection_officer_alone(doors: Doors) -> None:  # noqa: F811
    ref = doors.post("/api/cases", an_intake()).json()["ref"]
    path = f"/api/cases/{ref}/separations"
    assert doors.get(path, "counsellor").status_code == 403
    assert doors.get(path, "protection_officer").status_code == 404
    given = {"role": "protection_officer", "handle": "protection_officer"}
    assert doors.post(f"/api/cases/{ref}/assign", given).status_code == 200
    assert doors.get(path, "protection_officer").json() == {"ref": ref, "separations": []}
