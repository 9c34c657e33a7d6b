"""Every route takes every request: it answers, or says what to do, and never falls over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote_from_bytes, urlencode

import pytest
from hypothesis import strategies as st

from leconfield.web.sessions import COOKIE
from tests.fuzz.amounts import amounts, tried
from tests.fuzz.house import House, check, open_house, routes
from tests.fuzz.texts import prose
from tests.ledger.desks import EMMA
from tests.noninterference.desks import PASSWORD, cheap_passwords

NAMES = """q ids id link from to hops since until together prop schema standing skip subject kind as_of onward start end
source channel grade label name password title text files csrf left right verdict reason shown alias birthDate
form audience embargo persona actions base before take undo part do remove fresh recipient for content words on where
table mode about check sentence people asker holds purpose format act kind-1 left-1 top-1 width-1 height-1 take-1 by-1
""".split()  # noqa: SIM905 - so many names are read more easily so
NUMBERS = ["-1", "1.5", "1e99", "9" * 5000, "٣", "0x10", " 1", "NaN", "", "4", "10000000"]
DATES = ["1989", "1989-13", "1989-00", "1989-02-30", "9999-12-31", "0000", "1989-03-05T25:00", "now", "日", "\x00"]
FURTHER = ["check", "approve", "seal", "publish", "withdraw", "note", "clear", "try", "text.txt", "mg6c", "0" * 32]
"""What stands in the second open place of a path."""
_OPEN = re.compile(r"{[^}]*}")
BYTES = [b"%00", b"%ff%fe", b"%", b"%zz", b"%0d%0aset-cookie:%20a=b", b"%ed%a0%80", b"..%2f..%2fetc%2fpasswd", b"//x"]


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with cheap_passwords():
        opened = open_house()
        yield opened
        opened.close()


def values(house: House) -> st.SearchStrategy[str]:
    """Ids that are there, ids that are not, and everything else."""
    ids = [
        house.report,
        house.subject,
        house.release,
        house.release,
        *house.others[:5],
        f"{house.subject}~{house.others[0]}",
        "0" * 32,
        "csv",
        "gexf",
    ]
    huge = st.sampled_from(["a" * 70_000, "(" * 20_000, "é" * 30_000, '"' * 999])
    text = prose(4).map(lambda words: words.encode("utf-8", "replace").decode())
    return st.one_of(st.sampled_from([*ids, *NUMBERS, *DATES]), st.sampled_from([*ids, *DATES]), text, huge)


def raw(words: str) -> bytes:
    """The text in a path or a query."""
    return quote_from_bytes(words.encode(), safe="").encode()


def paths(house: House, path: str) -> st.SearchStrategy[bytes]:
    """The route's path with anything in its open places."""
    if "{" not in path:
        return st.just(path.encode())
    before, _, rest = path.partition("{")
    after = rest.partition("}")[2]
    if "{" in after:
        further = st.sampled_from(FURTHER).map(lambda each: _OPEN.sub(each, after).encode())
        first = st.sampled_from([house.release, house.subject, house.report, "0" * 32]).map(raw)
        return st.tuples(first, further).map(lambda each: before.encode() + each[0] + each[1])
    part = st.one_of(
        values(house).map(raw),
        st.sampled_from(BYTES),
        st.sampled_from(["json", "csv", house.subject, house.release]).map(raw),
    )
    return part.map(lambda each: before.encode() + each + after.encode())


def queries(house: House) -> st.SearchStrategy[bytes]:
    """Parameters of all names with anything in them, whole or torn."""
    pair = st.tuples(st.sampled_from(NAMES), values(house)).map(lambda each: f"{each[0]}=".encode() + raw(each[1]))
    torn = st.one_of(st.sampled_from(BYTES), st.binary(max_size=20))
    return st.lists(st.one_of(pair, pair, pair, torn), max_size=5).map(b"&".join)


def cookies(house: House) -> st.SearchStrategy[bytes]:
    """Cookies that somebody has tampered with."""
    odd = st.sampled_from([b"\xff\xfe", b'"', b"a=b; ; =", b"\\054", b"1989-13", b"x" * 9000, b"%0d%0aa: b", b"<b>"])
    name = st.sampled_from([b"as_of", b"flash", b"theme", COOKIE.encode(), b""])
    return st.lists(st.tuples(name, odd | st.binary(max_size=12)).map(b"=".join), max_size=3).map(b"; ".join)


@amounts(400, 12_000)
def test_every_page_answers_every_request(house: House, examples: int) -> None:
    known = [path for method, path in routes(house) if method == "GET"]
    choice = st.sampled_from(known).flatmap(lambda path: st.tuples(paths(house, path), queries(house), cookies(house)))
    method = st.sampled_from(["GET", "GET", "GET", "GET", "HEAD"])

    def try_it(method: str, request: tuple[bytes, bytes, bytes]) -> None:
        path, query, cookie = request
        headers = [(b"cookie", cookie)] if cookie else []
        check(house.ask(method, path, query, headers), told=f"{method} {path[:200]!r}?{query[:300]!r} {cookie!r}")

    tried(examples, try_it, method, choice)


@amounts(150, 5_000)
def test_every_act_takes_or_refuses_every_form(house: House, examples: int) -> None:
    known = [path for method, path in routes(house) if method == "POST"]
    fields = st.dictionaries(st.sampled_from(NAMES), values(house), max_size=8)

    def try_it(path: bytes, form: dict[str, str], shape: int, junk: bytes, with_token: bool) -> None:
        form = {**form, "csrf": house.csrf} if with_token else form
        body, kind = shaped(form, shape, junk)
        if path == b"/sign-out":
            form.pop("csrf", None)
        answer = house.ask("POST", path, b"", [(b"content-type", kind)], body, signed_in=path != b"/sign-out")
        check(answer, told=f"POST {path!r} {kind!r} {str(form)[:600]}")

    request = st.sampled_from(known).flatmap(lambda path: paths(house, path))
    tried(examples, try_it, request, fields, st.integers(0, 5), st.binary(max_size=60), st.booleans())


def shaped(form: dict[str, str], shape: int, junk: bytes) -> tuple[bytes, bytes]:
    """The form as a body: as browsers send it, in parts, torn, or as something else altogether."""
    encoded = urlencode(form).encode()
    if shape == 0:
        return encoded, b"application/x-www-form-urlencoded"
    if shape == 1:
        return junk + encoded + junk, b"application/x-www-form-urlencoded; charset=\xff"
    if shape == 2:
        return junk, b"multipart/form-data"
    if shape == 3:
        return junk + in_parts(form), b"multipart/form-data; boundary=edge"
    if shape == 4:
        return in_parts(form)[:-20] + junk, b"multipart/form-data; boundary=edge; charset=nonsense"
    return in_parts(form, "../../etc/passwd\x01\xe9", junk), b"multipart/form-data; boundary=edge"


def in_parts(form: dict[str, str], filename: str = "", content: bytes = b"") -> bytes:
    """The form as browsers send it with files."""
    head = b'--edge\r\nContent-Disposition: form-data; name="'
    lines = [head + name.encode() + b'"\r\n\r\n' + value.encode() + b"\r\n" for name, value in form.items()]
    if filename:
        lines.append(
            head + b'files"; filename="' + filename.encode() + b'"\r\nContent-Type: a/b\r\n\r\n' + content + b"\r\n"
        )
    return b"".join([*lines, b"--edge--\r\n"])


@amounts(60, 3_000)
def test_paths_that_are_none_and_methods_that_are_none_are_answered_with_a_page(house: House, examples: int) -> None:
    method = st.sampled_from(["OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "BREW", "POST", "GET", "HEAD"])
    path = st.one_of(
        st.sampled_from([path.encode() for _, path in routes(house)]),
        st.sampled_from([b"/static/../cli.py", b"/static/%2e%2e/kit.py", b"/static/", b"//", b"/\\", b"*", b""]),
        values(house).map(lambda each: b"/" + raw(each)),
        st.sampled_from(BYTES).map(lambda each: b"/" + each),
    )

    def try_it(method: str, path: bytes, signed_in: bool) -> None:
        check(house.ask(method, path, signed_in=signed_in), told=f"{method} {path!r}")

    tried(examples, try_it, method, path, st.booleans())


@amounts(60, 2_000)
def test_odd_headers_are_answered(house: House, examples: int) -> None:
    name = st.sampled_from([b"host", b"accept", b"content-type", b"content-length", b"range", b"hx-request", b"origin"])
    headers = st.lists(st.tuples(name, st.binary(max_size=40).map(lambda each: each.replace(b"\n", b""))), max_size=4)

    def try_it(method: str, headers: list[tuple[bytes, bytes]]) -> None:
        for path in ("/reports", "/static/icon.svg", "/sign-in"):
            check(house.ask(method, path, b"", headers), told=f"{method} {path} {headers}")

    tried(examples, try_it, st.sampled_from(["GET", "POST", "HEAD"]), headers)


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "\r\nx: y",
        "/a\r\nb: c",
    ],
)
def test_nobody_is_sent_to_another_site(house: House, onward: str) -> None:
    form = {"name": EMMA.name, "password": PASSWORD, "onward": onward}
    kind = [(b"content-type", b"application/x-www-form-urlencoded")]
    answers = [house.ask("POST", "/sign-in", b"", kind, urlencode(form).encode(), signed_in=False)]
    judged = {"csrf": house.csrf, "onward": onward, "left": house.subject, "right": house.others[0], "verdict": "same"}
    answers.append(house.ask("POST", "/judgements", b"", kind, urlencode({**judged, "reason": "seen"}).encode()))
    for answer in answers:
        check(answer, told=onward)
        assert answer.status == 303
        target = answer.header("location")
        assert target.startswith("/"), target
        assert not target.startswith(("//", "/\\", "/\t")), target


@pytest.mark.parametrize("words", ["soon", "بشير", "١٩٨٩", "1989-13", "1989\r\nx: y"])
def test_a_day_that_is_none_is_refused_by_pages_that_read_nothing_too(house: House, words: str) -> None:
    for path in ("/file", "/me", "/reports"):
        answer = house.ask("GET", path, b"as_of=" + raw(words))
        check(answer, told=path)
        assert (answer.status, answer.header("set-cookie")) == (400, "")


def test_nothing_that_was_tried_has_harmed_the_desk(house: House) -> None:
    assert house.desk.verify().faults == ()
