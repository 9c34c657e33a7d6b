"""The report form: its fields are checked, and a head that is not understood is never taken for text."""

import pytest

from leconfield.intake.readers import UnreadableError, read

FORM = """Reference: AG/12/4
Title: Meet with HEATHER
Date: 2024-03-05
Received: 2024-03-06T09:10+01:00
Source: HEATHER
Origin:
Grade: b2
Label: S&OP.SEQUIN
Place: Leith

He said: Andy was there.

Seen by nobody else.
"""


def test_every_field_of_the_form_is_read() -> None:
    document = read(FORM.replace("\n", "\r\n").encode(), "012.txt")
    assert document.text == "He said: Andy was there.\n\nSeen by nobody else."
    assert (document.reference, document.title, document.written) == ("AG/12/4", "Meet with HEATHER", "2024-03-05")
    assert (document.source, document.origin, document.grade) == ("HEATHER", "", "B2")
    assert (document.label, document.place) == ("S&OP.SEQUIN", "Leith")
    assert document.received == "2024-03-06T08:10:00.000000Z"


def test_a_text_that_merely_begins_with_a_known_word_is_text() -> None:
    text = "Place: a café near the harbour.\nHe sat there all day."
    assert read(text.encode(), "note.txt").text == text


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Grade: b2", "Grade: Z9", 'line 7, Grade: grade "Z9" is not one'),
        ("S&OP.SEQUIN", "S&&OP.SEQUIN", "line 8, Label: label"),
        ("Label:", "Lable:", 'line 8: "Lable: S&OP.SEQUIN" is no field of a report form'),
        ("2024-03-05", "2024-02-31", 'line 3, Date: "2024-02-31" is no date'),
        ("Received: 2024-03-06T09:10+01:00", "Received: yesterday", 'line 4, Received: "yesterday" is no moment'),
        ("Title:", "Source:", 'line 5: "Source" is given twice'),
        ("\n\nHe said: Andy was there.\n\nSeen by nobody else.\n", "\n\n", "holds no words"),
    ],
)
def test_a_head_that_is_not_understood_is_refused_by_its_line(old: str, new: str, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(FORM.replace(old, new).encode(), "012.txt")
    assert message in str(caught.value)
