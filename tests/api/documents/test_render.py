"""PDFs: every document in every language, with the letters it needs, set in its direction, and never read as markup."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import segno

from api.documents import render
from api.documents.parts import Words, code, fields, isolated
from tests import databases
from tests.api.documents.papers import RTL, Papers, every, grey, ink, opened, text_of

HOSTILE = '#read("/etc/passwd") #1+1 $x^2$ *bold* _it_ @ref <label> \\ /* "q" [a] {b} %(c)s `raw` -- = ~'
AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
FOOTER = {"check": "c", "address": "https://sila.example.org/verify/abc", "hash": "h", "reader": "r"}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, database_server: str | None) -> Iterator[Papers]:
    """One house for all of them."""
    with databases.fresh(tmp_path_factory.mktemp("papers"), database_server) as database:
        yield Papers(database)


@pytest.mark.parametrize(("kind", "language"), list(every()))
def test_every_document_is_set_in_every_language(papers: Papers, kind: str, language: str) -> None:
    pdf = papers.pdf(kind, language)
    with opened(pdf) as document:
        assert len(document) <= (3 if language == "ur" else 2) or kind == "record"
    assert b"pdfaid:part>2" in pdf or b'pdfaid:part="2"' in pdf, "no PDF/A: a letter is missing in our fonts"
    side = ink(pdf, 0.05, 0.085)  # the title
    assert side > 0.6 if language in RTL else side < 0.5
    assert ("/verify/" if language not in RTL else "SHA") in text_of(pdf)


@pytest.mark.parametrize("language", ["tr", "en", "ru", "fr", "uz"])
def test_what_is_read_is_what_can_be_copied(papers: Papers, language: str) -> None:
    text = text_of(papers.pdf("declaration", language))
    for said in ("Voluntary return declaration", "I get a copy of this paper if I want one. I do not have to keep it "
                 "or carry it with me if that could be dangerous for me."):  # fmt: skip
        assert Words(language)(said) in text
    assert "Zaynab Al Jubouri" in text


def test_arabic_letters_are_joined_and_run_from_the_right(papers: Papers) -> None:
    text = text_of(papers.pdf("declaration", "ar"))
    assert "إقرار العودة الطوعية" in text
    assert "زينب الجبوري" in text


def blots(pdf: bytes) -> int:
    """How many pieces of ink that do not touch each other the title is made of."""
    width, height, pixels = grey(pdf, scale=3.0)
    rows = range(int(height * 0.04), int(height * 0.12))
    left = {(x, y) for y in rows for x in range(width) if pixels[y * width + x] < 128}
    found = 0
    while left:
        found, edge = found + 1, [left.pop()]
        while edge:
            x, y = edge.pop()
            near = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & left
            left -= near
            edge += near
    return found


@pytest.mark.parametrize("language", ["ar", "fa", "ur"])
def test_letters_are_joined_by_the_font_and_not_set_side_by_side(language: str) -> None:
    def title(text: str) -> bytes:
        return render.pdf({"title": text, "lead": "", "parts": []}, FOOTER, language, AT)

    joined, apart = blots(title("سسس")), blots(title("س\u200cس\u200cس"))
    assert (joined, apart) == (1, 3)
    assert blots(title("لا")) == 1, "lam and alef are one ligature"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_qr_code_on_the_page_is_the_address_and_nothing_else(language: str) -> None:
    pdf = render.pdf({"title": "x", "lead": "", "parts": []}, FOOTER, language, AT)
    width, _height, pixels = grey(pdf, scale=6.0)
    modules = [list(row) for row in segno.make(FOOTER["address"], error="m", micro=False).matrix]
    dark = [(n % width, n // width) for n, value in enumerate(pixels) if value < 128]
    side, count = round(18 / 210 * width), len(modules)
    start = round(20 / 210 * width) if language == "ar" else width - round(38 / 210 * width)
    top = min(
        y
        for x, y in dark
        if y > len(pixels) // width * 0.8 and start <= x < start + side and pixels[y * width + x] < 60
    )
    seen = [
        [int(pixels[(top + round((row + 0.5) * side / count)) * width + start + round((at + 0.5) * side / count)] < 128)
         for at in range(count)] for row in range(count)
    ]  # fmt: skip
    assert seen == modules


def test_a_text_is_data_and_never_markup() -> None:
    said = {"title": HOSTILE, "lead": HOSTILE, "parts": [fields([(HOSTILE, HOSTILE)])]}
    for language in ("en", "ar"):
        text = text_of(render.pdf(said, FOOTER, language, AT))
        assert "root:" not in text
        assert text.count('#read("/etc/passwd") #1+1') == 4 or language == "ar"
        for piece in ("$x^2$", "*bold*", "_it_", "@ref", "<label>", "`raw`", "%(c)s"):
            assert text.count(piece) >= 4 or language == "ar", piece


def test_names_that_would_be_markup_stand_on_the_paper_as_they_are(papers: Papers) -> None:
    papers.rename(given_names="#panic()", family_name="*O'Neil* $a$ @b \\n")
    try:
        text = text_of(papers.pdf("declaration", "en"))
    finally:
        papers.rename(given_names="Zaynab", family_name="Al Jubouri")
    assert "#panic() *O'Neil* $a$ @b \\n" in text


def test_a_name_cannot_turn_the_text_around_it() -> None:
    for spoof in ("\u202eABC", "AB\u2069\u202eC", "\u2067ABC\u2066", "\u200fABC"):
        assert isolated(spoof) == isolated("ABC")
        assert code(spoof) == code("ABC")


def test_a_name_in_a_script_that_we_have_no_font_for_stops_no_document(papers: Papers) -> None:
    papers.rename(native_name="សុភា")
    try:
        pdf = papers.pdf("declaration", "en")
    finally:
        papers.rename(native_name="زينب الجبوري")
    assert b"pdfaid" not in pdf
    assert "Zaynab Al Jubouri" in text_of(pdf)


@pytest.mark.parametrize("name", ["ნინო ბერიძე", "किरण थापा", "ሕሩት ታደሰ", "রহিম উদ্দিন", "عائشہ خان", "Дилноза", "Öğüç"])
def test_our_fonts_have_the_scripts_of_those_who_come(name: str) -> None:
    for language in ("en", "ar", "ur"):
        pdf = render.pdf({"title": name, "lead": "", "parts": []}, FOOTER, language, AT)
        assert b"pdfaid" in pdf


def test_the_same_print_is_the_same_to_the_byte(papers: Papers) -> None:
    row = papers.keep("package", "fa")
    assert papers.bytes_of(row) == papers.bytes_of(row)
    assert papers.keep("package", "fa").sha256 == row.sha256, "what it says is the same, whoever prints it when"


def test_a_template_of_ours_that_fails_repeats_nothing() -> None:
    with pytest.raises(render.Unprintable) as failed:
        render.pdf({"title": "Zaynab", "lead": "", "parts": [{"kind": "Zaynab", "heading": ""}]}, FOOTER, "en", AT)
    assert "Zaynab" not in str(failed.value)


def test_a_consent_to_pass_data_on_names_recipient_and_purpose(papers: Papers) -> None:
    for about in ("", "nadia", "nadia:everything", ":reception"):
        with pytest.raises(ValueError, match="recipient and a purpose"):
            papers.keep("transfer_consent", "en", about)
    assert "nadia" in text_of(papers.pdf("transfer_consent", "en", "nadia:reception"))
