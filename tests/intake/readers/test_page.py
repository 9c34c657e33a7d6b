"""HTML and XHTML, the kind and the hostile."""

import time
from contextlib import suppress

import pytest

from leconfield.intake.readers import UnreadableError, read
from tests.shared import shared

XHTML = """<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta name="DC.identifier" content="X-1"/><meta name="DC.date" content="1990-01-03"/>
<meta name="DC.coverage" content="SAN SALVADOR"/><title>A raid</title><script/></head>
<body><p>X-1 (NOSC)</p><p>SAN SALVADOR, 3 JAN 90 -- [TEXT] THE   FMLN
&amp; OTHERS.</p></body></html>"""


def test_xhtml_with_dublin_core_is_read_whole() -> None:
    document = read(XHTML.encode(), "x.xhtml")
    assert document.text == "SAN SALVADOR, 3 JAN 90 -- [TEXT] THE FMLN & OTHERS."
    assert (document.title, document.written, document.place) == ("A raid", "1990-01-03", "SAN SALVADOR")
    assert (document.identifier, document.media_type) == ("X-1", "application/xhtml+xml")


def test_html_keeps_paragraphs_lines_and_cells_and_drops_scripts() -> None:
    page = (
        "<!doctype html><meta charset=windows-1252><title>T &ndash; 1</title><style>p{}</style>"
        "<script>alert('x')</script>"
        "<h1>Head</h1><p>One <b>bold</b>\n word<br>next line</p><ul><li>first<li>second</ul>"
        "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table><pre> as\n  is</pre><!-- no -->café"
    )
    document = read(page.encode("cp1252"), "page")
    assert document.title == "T – 1"
    assert document.text == "Head\n\nOne bold word\nnext line\n\nfirst\nsecond\n\na\tb\nc\n\n as\n  is\n\ncafé"
    assert document.media_type == "text/html"


def test_a_page_that_only_calls_itself_xml_is_read_as_html() -> None:
    document = read(b'<?xml version="1.0"?><html><body><p>one<p>two &nbsp;&eacute;</body></html>', "x.html")
    assert document.text == "one\n\ntwo \xa0é"


def test_a_page_that_claims_a_character_set_it_cannot_have_is_not_garbled() -> None:
    assert read(b"<html><meta charset=utf-16><p>plain words</html>", "x.html").text == "plain words"


@pytest.mark.parametrize("suffix", ["html", "xhtml", "txt"])
def test_entities_of_its_own_are_refused(suffix: str) -> None:
    page = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>&x;</p></html>'
    with pytest.raises(UnreadableError, match="declares entities of its own"):
        read(page.encode(), f"x.{suffix}")


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "word",
        "<b>" * 100_000 + "word",
        "<b><i>word</b>" * 30_000,
        "<table><tr><td>" * 30_000 + "word",
        "<p " + " ".join(f"a{number}=b" for number in range(100_000)) + ">word",
        "<!--" * 300_000,
        "<!DOCTYPE " * 100_000,
        "<" * 1_000_000,
        "<a href='" * 200_000,
        "<![CDATA[" * 200_000,
        "&" * 1_000_000,
        "<meta charset=" * 100_000,
    ],
    ids=lambda page: page[:12],
)
def test_a_hostile_page_costs_no_more_than_its_length(page: str) -> None:
    started = time.process_time()
    with suppress(UnreadableError):
        read(f"<html>{page}".encode(), "x.html")
    assert time.process_time() - started < 5


def test_the_shared_news_reports_are_read_fully() -> None:
    files = sorted(shared("data/muc3/texts").rglob("*.xhtml"))
    documents = [read(file.read_bytes(), file.name) for file in files]
    assert len(documents) == 1500
    assert all(each.identifier == file.stem and each.place for each, file in zip(documents, files, strict=True))
    assert sum(bool(each.written) for each in documents) == 1425
    for each, file in zip(documents, files, strict=True):
        raw = file.read_text(encoding="utf-8")
        assert each.text.count("\n\n") + 2 == raw.count("<p>")  # the first only repeats the identifier
        assert ("[TEXT]" in raw) == ("[TEXT]" in each.text)


def test_a_first_line_that_only_repeats_the_identifier_is_no_text() -> None:
    page = (
        b'<html><head><meta name="DC.identifier" content="DEV-7"/></head>'
        b"<body><p>DEV-7 (NOSC)</p><p>LIMA, 3 JAN 90.</p></body></html>"
    )
    assert read(page, "a.html").text == "LIMA, 3 JAN 90."
