"""The demo's people: invented lives, what each meets on the way, and how each should end."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import iso3166

from api.documents.texts import consent_text

TEXT_HASH = hashlib.sha256(b"demonstration text").hexdigest()


def signed(kind: str, language: str) -> dict[str, str]:
    """The text that somebody signs, as a fact names it."""
    text = consent_text(kind, language)
    return {"text_version": text.version, "text_hash": text.sha256, "language": language}


CONSENT = signed("data", "en")
PLACES: Mapping[str, str] = {
    "AF": "KBL", "BD": "DAC", "ET": "ADD", "GE": "TBS", "IQ": "EBL", "MA": "CMN", "MD": "RMO", "NG": "LOS",
    "NP": "KTM", "PK": "LHE", "TM": "ASB", "UG": "EBB", "UZ": "TAS",
}  # fmt: skip


@dataclass
class Child:
    """Somebody who travels with a parent; ``months`` old at intake."""

    given_names: str
    native_name: str
    months: int


@dataclass
class Life:
    """One case of the demo. Lists are used up one by one; the last one stays.

    Family names in capitals and words in capitals in the area are the simulators' magic inputs.
    """

    story: str
    ends: str
    country: str
    area: str
    given_names: str
    family_name: str
    native_name: str
    sex: str = "F"
    born_on: date = date(1991, 5, 17)
    children: list[Child] = field(default_factory=list)
    passport: bool = True
    screening: str = "none"
    vulnerable: bool = False
    waives_reflection: bool = False
    risk: str = "low"
    partner: str = "nadia"
    tracks: list[str] = field(default_factory=lambda: ["return"])
    boardings: list[str] = field(default_factory=lambda: ["boarded"])
    withdraws_when: str | None = None
    unsafe_at: str | None = None
    out_of_reach: bool = False
    tries: list[str] = field(default_factory=lambda: ["phone", "messenger"])
    still_wants: bool = True
    place: str = "rented"
    stops: tuple[str, ...] = ()  # what nobody answers: their case waits there
    language: str = "tr"

    @property
    def airport(self) -> str:
        """Where the journey ends."""
        return PLACES[self.country]

    @property
    def reason(self) -> str:
        """Why the counsellor closes the case."""
        return self.ends


def people() -> list[Life]:
    """Everybody, anew: a life is used up while it is lived."""
    return [
        Life("goes home with a passport", "completed", "GE", "Kutaisi", "Nino", "Beridze", "ნინო ბერიძე"),
        Life("a mother with a boy and a baby; every word of the partner comes twice", "completed", "IQ", "Erbil TWICE",
             "Zaynab", "Al Jubouri", "زينب الجبوري", vulnerable=True,
             children=[Child("Yusuf", "يوسف الجبوري", 80), Child("Maryam", "مريم الجبوري", 7)]),
        Life("a victim of trafficking takes her thirty days, then returns", "completed", "UZ", "Samarkand",
             "Dilnoza", "Karimova", "Дилноза Каримова", born_on=date(1999, 8, 2), screening="actual"),
        Life("a victim of trafficking stays, with shelter", "stays", "UG", "Kampala", "Grace", "Nakato",
             "Grace Nakato", screening="actual", waives_reflection=True, risk="high", tracks=["return", "in_place"],
             place="bed"),
        Life("the consulate issues a laissez-passer", "completed", "AF", "Herat", "Abdullah", "Rahimi",
             "عبدالله رحیمی", sex="M", passport=False),
        Life("the consulate refuses; another document is found", "completed", "NP", "Pokhara", "Kiran", "Denied",
             "किरण थापा", sex="M", passport=False),
        Life("the first partner declines", "completed", "ET", "Bole DECLINES @nadia", "Hirut", "Tadesse",
             "ሕሩት ታደሰ", vulnerable=True),
        Life("the first partner is silent and is replaced", "completed", "BD", "Sylhet SILENT @nadia", "Rahim",
             "Uddin", "রহিম উদ্দিন", sex="M", vulnerable=True),
        Life("the airline books, and its answer is lost", "completed", "MA", "Fes", "Karim", "LostReply",
             "كريم العلوي", sex="M"),
        Life("the airline cancels the flight", "completed", "PK", "Lahore", "Ayesha", "AirlineCancels",
             "عائشہ خان", vulnerable=True),
        Life("withdraws with a ticket and stays", "stays", "TM", "Mary", "Ogulgerek", "Annayeva", "Ogulgerek Annaýewa",
             withdraws_when="booking.ticketed", tracks=["return", "in_place"], vulnerable=True),
        Life("says no when asked for the last time", "withdrew", "NG", "Benin City", "Blessing", "Osagie",
             "Blessing Osagie", still_wants=False, tracks=["return", "none"]),
        Life("does not come to the gate, and flies later", "completed", "MD", "Soroca", "Ion", "Rusu", "Ion Rusu",
             sex="M", boardings=["no_show", "boarded"]),
        Life("does not feel safe after three months", "completed", "GE", "Gori", "Keti", "Abashidze", "ქეთი აბაშიძე",
             unsafe_at="month_3"),
        Life("cannot be reached after the return", "unreachable", "UZ", "Bukhara", "Jasur", "Tursunov",
             "Жасур Турсунов", sex="M", out_of_reach=True),
    ]  # fmt: skip


def case_of(life: Life, number: int, today: date) -> dict[str, Any]:
    """The intake of one life."""
    children = [child_of(life, child, 100 * number + n, today) for n, child in enumerate(life.children)]
    principal = person(life, number, today) | {"native_name": life.native_name}
    return {
        "principal": principal, "dependants": children, "country": life.country, "area": life.area,
        "partner": life.partner, "data_consent": CONSENT,
        "contact": {"channel": "sms", "address": f"+9055512{number:05d}", "from_hour": 9, "to_hour": 21},
    }  # fmt: skip


def child_of(life: Life, child: Child, number: int, today: date) -> dict[str, Any]:
    """A child with a passport of its own, in the parent's care."""
    said = person(life, number, today) | {"given_names": child.given_names, "native_name": child.native_name}
    born = today - timedelta(days=round(child.months * 30.4))
    return said | {"born_on": born.isoformat(), "relation": "child", "guardian": "principal"}


def person(life: Life, number: int, today: date) -> dict[str, Any]:
    """One person with or without a passport."""
    said: dict[str, Any] = {
        "given_names": life.given_names, "family_name": life.family_name, "born_on": life.born_on.isoformat(),
        "language": life.language, "nationality": nationality(life), "sex": life.sex,
    }  # fmt: skip
    return said | {"document": passport_of(life, number, today)} if life.passport else said


def nationality(life: Life) -> str:
    """The three letters of the country of return."""
    return iso3166.countries_by_alpha2[life.country].alpha3


def passport_of(life: Life, number: int, today: date) -> dict[str, Any]:
    """An invented passport."""
    until = (today + timedelta(days=5 * 365)).isoformat()
    return {"kind": "passport", "country": nationality(life), "number": f"ZZ{7000000 + number}", "expires_on": until}
