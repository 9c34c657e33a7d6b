"""Telling something, from the first page to the receipt, without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leconfield.gate.bundles.tips import LONGEST, MOST_FILES, tip_in
from leconfield.window.codes import derived, whole
from leconfield.window.mailbox import PURPOSE
from tests.window.houses import House, house
from tests.window.telling import WHAT, Reader, receipt, sent, told

STEPS = ("what", "when", "where", "who", "vehicle", "how", "sure", "others", "contact")
EVERYTHING = {
    "what": {"what": WHAT},
    "when": {"when": "still", "when_words": "Fridays after dark"},
    "where": {"where": "Berth 3"},
    "who": {"who": "A tall man called Spence"},
    "vehicle": {"vehicle": "Grey van, KX19"},
    "how": {"how": "saw", "how_words": "From the bridge"},
    "sure": {"sure": "fairly"},
    "others": {"others": "few", "others_words": "The night shift"},
    "contact": {"contact": "0000 111"},
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> House:
    return house(tmp_path_factory.mktemp("tips"))


def test_the_first_thing_said_is_whom_to_call_in_danger(place: House) -> None:
    reader = Reader(place).open("/tell-us")

    assert reader.text.startswith("If somebody is in danger now, call 999")


def test_all_that_was_told_lies_sealed_in_one_box(tmp_path: Path) -> None:
    place = house(tmp_path)

    words = sent(place, **EVERYTHING)

    (box,) = place.boxes()
    tip = tip_in(box)
    typed = {name: value for each in EVERYTHING.values() for name, value in each.items()}
    assert {name: getattr(tip, name) for name in typed} == typed
    assert box.day == "2026-11-23"
    mine = derived(words, place.window.salt, PURPOSE)
    assert (tip.place, tip.mailbox) == (mine.place, mine.mailbox.hex())
    assert whole(words)


def test_only_what_happened_need_be_told(tmp_path: Path) -> None:
    place = house(tmp_path)

    sent(place)

    (box,) = place.boxes()
    assert set(box.fields) == {"what", "place", "mailbox", "language"}


def test_nothing_is_kept_before_it_is_sent(tmp_path: Path) -> None:
    place = house(tmp_path)
    Reader(place).open("/tell-us")
    before = sorted(str(each) for each in place.folder.rglob("*"))

    told(Reader(place), EVERYTHING)

    assert sorted(str(each) for each in place.folder.rglob("*")) == before


def test_no_word_and_no_receipt_is_in_the_clear_anywhere_on_the_windows_host(tmp_path: Path) -> None:
    place = house(tmp_path)

    reader = Reader(place)
    planted = {"user-agent": "Planted/7.7", "x-forwarded-for": "203.0.113.77", "referer": "https://planted.example/"}
    reader.client.headers.update(planted)
    words = receipt(told(reader, EVERYTHING).send().send())

    held = b"".join(each.read_bytes() for each in place.folder.rglob("*") if each.is_file())
    assert WHAT.encode() not in held
    assert b"Spence" not in held
    assert not any(each in held for each in (b"Planted/7.7", b"203.0.113.77", b"planted.example", b"testclient"))
    assert words.encode() not in held
    assert derived(words, place.window.salt, PURPOSE).place.encode() not in held


def test_the_page_of_answers_says_what_was_answered_and_lets_it_be_changed(place: House) -> None:
    reader = told(Reader(place), EVERYTHING)
    assert "It is still going on Fridays after dark" in reader.text
    assert "A handful of people The night shift" in reader.text

    reader.send(go="to-where").send(where="Berth 4")

    assert reader.title == "Check what you told us"
    assert "Berth 4" in reader.text
    assert "Berth 3" not in reader.text


def test_every_page_can_be_left_at_once_and_is_kept_nowhere(place: House) -> None:
    reader = Reader(place)
    leaving(reader.open("/tell-us"))
    leaving(reader.open("/tell-us/report"))
    for step in STEPS:
        leaving(reader.send(**EVERYTHING[step]))
    leaving(reader.send())
    leaving(reader.send())
    leaving(reader.open("/mailbox"))


def leaving(reader: Reader) -> None:
    assert reader.page.css_first(".govuk-exit-this-page a") is not None
    assert reader.headers["cache-control"] == "no-store"
    assert reader.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in reader.headers


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        ("what", {"what": ""}, "Tell us what happened"),
        ("what", {"what": "Help"}, "at least 10"),
        ("what", {"what": "x" * (LONGEST["what"] + 1)}, "20,000"),
        ("when", {"when": "someday"}, "Choose one"),
        ("contact", {"contact": "9" * (LONGEST["contact"] + 1)}, "too long"),
    ],
)
def test_what_will_not_do_is_told_at_the_field_and_kept(
    place: House, step: str, typed: dict[str, str], said: str
) -> None:
    reader = Reader(place).open("/tell-us/report")
    for each in STEPS[: STEPS.index(step)]:
        reader.send(**EVERYTHING[each])

    reader.send(**typed)

    assert reader.status == 422
    summary = reader.page.css_first(".govuk-error-summary")
    assert said in summary.text()
    (name,) = typed
    assert summary.css_first("a").attributes["href"] == f"#{name}"
    field = reader.page.css_first(f"textarea#{name}, input[type=text]#{name}")
    if field is not None:
        assert typed[name] in (field.text(), field.attributes.get("value"))


def test_files_go_along_unopened(tmp_path: Path) -> None:
    place = house(tmp_path)
    odd = [("files", ("C:\\Users\\Ann Other\\p\u202egpj.jpg", b"\xff\xd8 no picture", "image/jpeg")),
           ("files", ("../../etc/passwd", b"\0\1", "text/<script>"))]  # fmt: skip

    told(Reader(place), {}).send().send(files=odd)

    (box,) = place.boxes()
    assert [(each.name, each.media_type, each.held) for each in box.files] == [
        ("pgpj.jpg", "image/jpeg", b"\xff\xd8 no picture"),
        ("passwd", "application/octet-stream", b"\0\1"),
    ]


def test_too_many_files_are_told_and_nothing_is_sent(tmp_path: Path) -> None:
    place = house(tmp_path)
    reader = told(Reader(place), {}).send()

    reader.send(files=[("files", (f"{each}.txt", b"x", "text/plain")) for each in range(MOST_FILES + 1)])

    assert reader.status == 422
    assert "8 files" in reader.text
    assert place.boxes() == []
    assert receipt(reader.send()) != ""


def test_sending_twice_is_one_tip_with_one_receipt(tmp_path: Path) -> None:
    place = house(tmp_path)
    sending = told(Reader(place), {}).send()
    page = sending.page
    first = receipt(sending.send())

    sending.page = page
    again = sending.send()

    assert "sent already" in again.text
    assert receipt(again.send()) == first
    assert len({each.id for each in place.boxes()}) == 1


def test_whoever_takes_his_time_need_not_wait_at_the_end(tmp_path: Path) -> None:
    place = house(tmp_path, toml="")
    _slow(place)
    reader = Reader(place).open("/tell-us/report")
    place.clock.on(seconds=60)
    for step in STEPS:
        reader.send(**EVERYTHING[step])
    reader.send()
    assert "please wait" not in reader.text

    assert receipt(reader.send()) != ""


def test_whoever_is_too_soon_loses_nothing_and_goes_on_waiting(tmp_path: Path) -> None:
    place = house(tmp_path)
    _slow(place)
    reader = told(Reader(place), EVERYTHING).send()
    place.clock.on(seconds=12)

    reader.send()

    assert reader.status == 422
    assert "Count to 8" in reader.text
    place.clock.on(seconds=8)
    assert receipt(reader.send()) != ""
    assert tip_in(place.boxes()[0]).what == WHAT


def _slow(place: House) -> None:
    from leconfield.window.tickets import Toll

    place.window.tickets.toll = Toll(wait=20, bits=22)


def test_an_altered_or_foreign_form_is_told_kindly(place: House) -> None:
    reader = told(Reader(place), {})
    for carried in ("", "x", "gAAAAA" + "A" * 80):
        assert reader.client.post("/tell-us/report/send", data={"carried": carried}).status_code == 410


HOSTILE = st.one_of(
    st.text(max_size=300),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "{{ 7*7 }}",
            "\x00\x1b[2J",
            "%00",
            "' or 1=1 --",
            "\u202e\u2066abc",
            "\ud83d",
            "a\r\n\r\nb",
        ]
    ),
)


@given(what=HOSTILE, where=HOSTILE, when=HOSTILE, contact=HOSTILE)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_either_told_or_kept_and_never_breaks_a_page(
    place: House, what: str, where: str, when: str, contact: str
) -> None:
    clean = [each.encode("utf-8", "replace").decode() for each in (what, where, when, contact)]
    reader = Reader(place).open("/tell-us/report")
    for step, typed in (("what", {"what": f"{WHAT}{clean[0]}"}), ("when", {"when_words": clean[2]}),
                        ("where", {"where": clean[1]}), ("who", {}), ("vehicle", {}), ("how", {}), ("sure", {}),
                        ("others", {}), ("contact", {"contact": clean[3]})):  # fmt: skip
        reader.send(**typed)
        assert reader.status in (200, 422), (step, reader.status)
        if reader.status == 422:
            return
    assert reader.title == "Check what you told us"
    assert reader.page.css("main script") == []


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x"])
def test_what_is_no_form_is_refused_with_words(place: House, kind: str) -> None:
    answer = place.reader.post("/tell-us/report/what", content=b"\xff\xfe{", headers={"content-type": kind})

    assert answer.status_code in (400, 410)
    assert "Traceback" not in answer.text


def test_a_form_that_is_far_too_large_is_refused_before_it_is_read(place: House) -> None:
    answer = place.reader.post("/tell-us/report/what", data={"what": "x" * 600_000})

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body", [b"what=%ff%fe%00", b"what=\xe4\xf6", b"what=%ud83d", b"=&=&=", b"&" * 500, b"what=a&" * 300]
)
def test_a_form_in_a_wrong_encoding_breaks_nothing(place: House, body: bytes) -> None:
    reader = Reader(place).open("/tell-us/report")
    carried = reader.page.css_first("input[name=carried]").attributes["value"].encode()

    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = reader.client.post("/tell-us/report/what", content=b"carried=" + carried + b"&" + body, headers=kind)

    assert answer.status_code in (200, 400, 422)


def test_the_way_is_the_same_in_german(tmp_path: Path) -> None:
    place = house(tmp_path)
    reader = Reader(place).open("/de/tell-us")
    assert "Ist jetzt jemand in Gefahr? Rufen Sie 999 an" in reader.text
    reader.open("/de/tell-us/report")
    titles = [reader.title]
    for step in STEPS:
        reader.send(**EVERYTHING[step])
        titles.append(reader.title)
    reader.send()
    words = receipt(reader.send())

    assert titles[0] == "Was ist geschehen?"
    assert titles[-1] == "Sehen Sie durch, was Sie uns sagen"
    assert tip_in(place.boxes()[0]).language == "de"
    assert "Für diese Wörter liegt nichts bereit" in reader.open("/de/mailbox").send(words=words).text
