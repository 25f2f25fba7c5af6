"""What may be put into a case: one model a fact. Bad input is refused here, with the field and the remedy."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import available_timezones

import iso3166
import phonenumbers
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from models import mrz
from models.stage import Track


def latin(name: str) -> str:
    """A name as a travel document prints it: Latin letters with any accents, space, hyphen, apostrophe."""
    letters = [letter for letter in name if letter not in " -'’."]
    if not letters or any(not unicodedata.name(letter, "").startswith("LATIN") for letter in letters):
        raise ValueError("write it in Latin letters, as in the travel document; the own spelling goes to native_name")
    return name


Short = Annotated[str, Field(min_length=1, max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
Name = Annotated[str, Field(min_length=1, max_length=100)]
LatinName = Annotated[Name, AfterValidator(latin)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Money = Annotated[Decimal, Field(gt=0, le=100_000, decimal_places=2)]
Airport = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


def a_country(code: str) -> str:
    """An ISO 3166 code, two or three letters."""
    if code.upper() != code or (code not in iso3166.countries_by_alpha2 and code not in iso3166.countries_by_alpha3):
        raise ValueError("unknown country: use the ISO 3166 code in capitals, for example GE or GEO")
    return code


def a_phone(number: str) -> str:
    """A number in E.164."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        raise ValueError("not a phone number: write it with + and country code, for example +905551234567") from None
    if not phonenumbers.is_possible_number(parsed):
        raise ValueError("not a possible phone number: check the digits after the country code")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def a_zone(name: str) -> str:
    """An IANA time zone."""
    if name not in available_timezones():
        raise ValueError("unknown time zone: use the IANA name, for example Europe/Istanbul")
    return name


Country2 = Annotated[str, Field(min_length=2, max_length=2), AfterValidator(a_country)]
Country3 = Annotated[str, Field(min_length=3, max_length=3), AfterValidator(a_country)]
Zone = Annotated[str, AfterValidator(a_zone)]


class Input(BaseModel):
    """Unknown fields are refused, and nothing is guessed from another type."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    def subject(self) -> str | None:
        """Which question this answers, where several of a kind can be open; None: the only one."""
        return None


class DocumentIn(Input):
    """A travel document; with its machine-readable zone, the zone's check digits must be right."""

    kind: Literal["passport", "laissez_passer"]
    country: Country3
    number: Annotated[str, Field(min_length=3, max_length=20, pattern=r"^[A-Z0-9]+$")]
    expires_on: date
    single_journey: bool = False
    mrz: list[str] | None = None

    @model_validator(mode="after")
    def zone_is_right(self) -> "DocumentIn":
        """Check digits, and the number in the zone."""
        if self.mrz:
            wrong = mrz.wrong_digits(self.mrz)
            if wrong:
                raise ValueError(f"mrz: wrong check digit of {', '.join(wrong)}: read the zone again")
            if mrz.number_of(self.mrz) != self.number[:9]:
                raise ValueError("mrz: its document number is not the one given: correct one of them")
        return self


class ContactIn(Input):
    """A channel that the person calls safe, between local hours."""

    channel: Literal["sms", "email"]
    address: Annotated[str, Field(min_length=5, max_length=200)]
    zone: Zone = "Europe/Istanbul"
    from_hour: Annotated[int, Field(ge=0, le=23)] = 9
    to_hour: Annotated[int, Field(ge=1, le=24)] = 19
    rules: Text | None = None

    @model_validator(mode="after")
    def address_fits(self) -> "ContactIn":
        """A phone for SMS, an address with @ for e-mail; and the hours leave some time."""
        if self.from_hour >= self.to_hour:
            raise ValueError("to_hour: must be after from_hour")
        if self.channel == "sms":
            self.address = a_phone(self.address)
        elif "@" not in self.address or any(space in self.address for space in "\r\n \t"):
            raise ValueError("address: not an e-mail address")
        return self


class PersonIn(Input):
    """One person, named as in the travel document and, natively, as they write it themselves.

    A child of the principal names nobody else: the principal is the guardian.
    """

    given_names: LatinName
    family_name: LatinName
    native_name: Name | None = None
    born_on: date
    sex: Literal["F", "M", "X"]
    nationality: Country3
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    relation: Literal["spouse", "child", "parent", "sibling", "other"] | None = None
    guardian: Literal["principal", "appointed"] | None = None
    document: DocumentIn | None = None


class ConsentIn(Input):
    """The text that was agreed to, and how."""

    text_version: Short
    text_hash: Hash
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    interpreter: bool = False
    witness: Short | None = None


class CaseIn(Input):
    """A new case: nobody's data are kept without their consent, so it comes with the case."""

    principal: PersonIn
    dependants: Annotated[list[PersonIn], Field(max_length=20)] = []
    contact: ContactIn | None = None
    data_consent: ConsentIn
    country: Country2
    area: Short
    partner: Short | None = None


class ScreeningIn(Input):
    """The outcome of screening."""

    result: Literal["none", "possible", "actual"]
    vulnerable: bool
    asylum_pending: bool = False


class SessionIn(Input):
    """A counselling session."""

    options: list[Literal["stay", "asylum", "regularisation", "return", "third_country"]]
    coercion_flags: list[Short] = []
    reflection_waived: bool = False
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    interpreter: bool = False


class ChoiceIn(Input):
    """What the person chose."""

    track: Track


class OfPersonIn(Input):
    """About one person of the case."""

    person: UUID

    def subject(self) -> str | None:
        """The person."""
        return str(self.person)


class DeclarationIn(OfPersonIn, ConsentIn):
    """The voluntary return declaration of one adult."""


class TransferIn(ConsentIn):
    """Consent to share with one partner for reception."""

    recipient: Short
    given: bool = True

    def subject(self) -> str | None:
        """The partner."""
        return self.recipient


class DataConsentIn(ConsentIn):
    """Consent to process, given again or withdrawn."""

    given: bool = True


class SupportIn(Input):
    """A bed and transport, or a shelter place, was arranged (or is not needed)."""


class RiskIn(Input):
    """A risk assessment. The level is the residual risk after mitigation; items are likelihood x impact, 1 to 5."""

    level: Literal["low", "medium", "high", "critical"]
    items: list[dict[str, str | int]] = []
    narrative: Text | None = None


class ApprovalIn(Input):
    """A second person's decision."""

    assessment: UUID
    approved: bool

    def subject(self) -> str | None:
        """The assessment."""
        return str(self.assessment)


class BestInterestsIn(OfPersonIn):
    """The decision about a child."""

    in_favour: bool
    guardian_consents: bool
    carer_confirmed: bool


class PartnerIn(Input):
    """The receiving partner."""

    partner: Short


class HealthIn(OfPersonIn):
    """Fit to travel between two days, or not."""

    fit: bool
    valid_from: date
    valid_until: date
    notes: Text | None = None

    @model_validator(mode="after")
    def in_order(self) -> "HealthIn":
        """From before until."""
        if self.valid_until < self.valid_from:
            raise ValueError("valid_until: must not be before valid_from")
        return self


class DocumentOfIn(OfPersonIn):
    """A document for one person."""

    document: DocumentIn


class ExitIn(Input):
    """The exit position."""

    cleared: bool
    overstay_days: Annotated[int, Field(ge=0, le=36500)] = 0
    ban_months: Annotated[int, Field(ge=0, le=600)] = 0
    told_the_person: bool
    valid_until: date


class JourneyIn(Input):
    """Where from, where to, which day."""

    origin: Airport
    destination: Airport
    depart_on: date


class PriceIn(Input):
    """Approval of a price, in the currency of the offer."""

    up_to: Money


class FlightIn(Input):
    """One flight of a booking by the travel desk."""

    carrier: Short
    flight_number: Short
    origin: Airport
    destination: Airport
    departs_at: AwareDatetime
    arrives_at: AwareDatetime


class DeskBookingIn(Input):
    """What the travel desk booked."""

    locator: Annotated[str, Field(pattern=r"^[A-Z0-9]{5,8}$")]
    tickets: Annotated[list[Short], Field(min_length=1, max_length=20)]
    flights: Annotated[list[FlightIn], Field(min_length=1, max_length=8)]
    price: Money
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class OfSubjectIn(Input):
    """About one thing that the question names."""

    about: Short

    def subject(self) -> str | None:
        """That thing."""
        return self.about


class EffectOutcomeIn(OfSubjectIn):
    """What a person found out about an effect whose outcome is unknown."""

    outcome: Literal["absent", "try_again"]


class ReplyIn(OfSubjectIn):
    """The answer to what a partner asked back."""

    text: Text


class ReconfirmationIn(OfPersonIn):
    """Asked again within 72 hours."""

    still_wants: bool

    def subject(self) -> str | None:
        """Any question of this kind about the person; see ``commands``."""
        return None


class BoardingIn(Input):
    """What happened at the gate."""

    outcome: Literal["boarded", "no_show", "denied", "offloaded"]


class ArrivalIn(Input):
    """Somebody at the destination saw the person arrive."""

    arrived_at: datetime | None = None
    met: bool


class InstalmentIn(Input):
    """One part of a plan."""

    label: Annotated[str, Field(pattern=r"^[a-z_]{2,40}$")]
    amount: Money
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    due_on: date


class PlanIn(Input):
    """A reintegration plan agreed with the person."""

    instalments: Annotated[list[InstalmentIn], Field(min_length=1, max_length=12)]


class EvidenceIn(OfSubjectIn):
    """Evidence for an instalment, by the hash of its file."""

    sha256: Hash


class PaymentIn(OfSubjectIn):
    """What became of a payment that was made by hand or is unclear."""

    handed_over: bool


class CheckInIn(OfSubjectIn):
    """A check-in at a point: reached, and whether they say they are safe."""

    reached: bool
    safe: bool | None = None
    answers: dict[str, str] = {}


class ClosureIn(Input):
    """Why the case is closed."""

    reason: Literal["completed", "withdrew", "stays", "unreachable", "deceased", "other"]
