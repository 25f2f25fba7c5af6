"""Every message in every language: neutral, two SMS at most, with every value (S19, C20)."""

import re

import pytest

from integrations.messaging import segments
from workflows.messages.texts import BY_SMS, LINKS, MOST_SEGMENTS, SUBJECT, TEXTS, subject_of, text_of, translated

LANGUAGES = ("en", "tr", "ar", "fa", "ru", "fr", "uz", "ur")
URL = "https://hizmet.example.org/h/" + "x" * 43
VALUES = {"url": URL, "code": "48151623"}
KINDS = [(kind, channel) for kind in {**TEXTS, **LINKS} for channel in ("sms", "email")]
# What must never stand on a screen that somebody else reads: who writes, where to, why, and about whom.
FORBIDDEN = {
    "en": ("return", "victim", "traffick", "migra", "asylum", "shelter", "reintegrat", "flight", "airport", "embassy",
           "consul", "passport", "police", "protection", "counsel", "partner", "country", "turkey", "türkiye", "iom",
           "unhcr", "refugee", "deport", "exploit", "rescue", "organi", "agency", "sıla", "sila"),
    "tr": ("dönüş", "mağdur", "insan ticareti", "göç", "iltica", "sığın", "uçuş", "uçak", "havaliman", "büyükelçi",
           "konsolos", "pasaport", "polis", "koruma", "danışman", "ortak", "ülke", "mülteci", "sınır dışı", "kurum",
           "dernek", "vakıf", "iade"),
    "ar": ("عودة", "ضحية", "ضحايا", "اتجار", "هجرة", "لجوء", "لاجئ", "مأوى", "رحلة", "طيران", "مطار", "سفارة",
           "قنصل", "جواز", "شرطة", "حماية", "مستشار", "شريك", "بلد", "منظمة", "ترحيل", "استغلال"),
    "fa": ("بازگشت", "قربانی", "قاچاق", "مهاجر", "پناه", "پرواز", "فرودگاه", "سفارت", "کنسول", "گذرنامه", "پلیس",
           "حمایت", "مشاور", "کشور", "سازمان", "اخراج", "بهره‌کشی"),
    "ru": ("возвращ", "жертв", "торговл", "мигра", "убежищ", "беженц", "приют", "рейс", "самол", "аэропорт",
           "посольств", "консул", "паспорт", "полици", "защит", "консультант", "партн", "страну", "стране", "страны", "организац",
           "депорт", "эксплуат"),
    "fr": ("retour", "victime", "traite", "migra", "asile", "réfugi", "foyer", "vol ", "l'avion", "par avion", "aéroport",
           "ambassade", "consul", "passeport", "police", "protection", "conseill", "partenaire", "pays", "organis",
           "expuls", "exploit"),
    "uz": ("qaytish", "jabrlan", "qurbon", "odam savdosi", "migra", "boshpana", "qochqin", "parvoz", "samolyot",
           "aeroport", "elchixona", "konsul", "pasport", "politsiya", "himoya", "maslahatchi", "hamkor", "mamlakat",
           "davlat", "tashkilot", "deport"),
    "ur": ("واپسی", "متاثر", "شکار", "اسمگل", "ہجرت", "مہاجر", "پناہ", "پرواز", "ہوائی", "سفارت", "قونصل", "پاسپورٹ",
           "پولیس", "تحفظ", "مشیر", "ملک", "ادارہ", "تنظیم", "ملک بدر", "استحصال"),
}  # fmt: skip
ANYWHERE = (*FORBIDDEN["en"], "http")


@pytest.mark.parametrize("language", LANGUAGES)
def test_s19_no_message_says_who_writes_where_to_or_why(language: str) -> None:
    for kind, channel in KINDS:
        said = text_of(kind, channel, language, **VALUES).replace(URL, "").lower() + subject_of(language).lower()
        assert [word for word in (*FORBIDDEN[language], *ANYWHERE) if word in said] == [], (kind, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_c20_every_message_fits_into_two_sms(language: str) -> None:
    long = {kind: segments(text_of(kind, "sms", language, **VALUES)) for kind, channel in KINDS if channel == "sms"}
    assert {kind: count for kind, count in long.items() if not 1 <= count <= MOST_SEGMENTS} == {}


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_every_text_is_there_in_every_language_with_its_values(language: str) -> None:
    for text in (SUBJECT, *TEXTS.values(), *BY_SMS.values(), *LINKS.values()):
        there = translated(text, language)
        assert there != text
        assert set(re.findall(r"\{\w+\}", there)) == set(re.findall(r"\{\w+\}", text))


def test_a_language_that_nobody_translated_reads_english() -> None:
    assert text_of("send_travel_day", "sms", "sw") == TEXTS["send_travel_day"]


def test_the_forbidden_words_would_be_found() -> None:
    said = "Your flight of return to your country".lower()
    assert {word for word in FORBIDDEN["en"] if word in said} == {"flight", "return", "country"}
