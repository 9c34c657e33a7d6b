"""Stories, pictures and news for tests and screenshots: invented, long enough to see how they are set."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

from tests.window.houses import Spooled

STORY = """In the spring of 1989 a clerk at a freight office noticed that one crate was always weighed twice.

She told nobody for three weeks. Then she told us, and it took eleven people four months to find out what the
second weighing was for.

!crate.jpg A wooden crate on a quay in the rain, its lid half open, nobody near it | The quay where the crates
were weighed. The picture was taken for this story; the crate is not the one.

## The second weighing

The office handled about forty crates a week. The difference between the first weighing and the second was
never more than two kilograms, and it was always on a Thursday.

* the first weight went to customs
* the second went into a notebook that was kept in a drawer
* nobody was ever seen to open a crate between the two

## How it went on

We watched the drawer and not the crates. It was the cheaper thing to do, and it turned out to be right.

~ 2 March 1989: The clerk mentions the second weighing to a friend.

~ 24 March 1989: We hear of it.

~ 11 May 1989: The notebook is read for the first time, at night, and put back.

~ 9 July 1989: Four people are arrested. Nobody is hurt.

## What we got wrong

We took the notebook for a record of what was taken out. It was a record of what was put in. We lost five
weeks by it, and we say so because the next people to read such a notebook should lose none.
"""
SECOND = """For nine nights in November nobody at the telephone exchange slept in their own bed.

They had been asked to stay, and not told why. This is what we can say of it now.

!exchange.jpg Rows of old telephone switchboards with empty chairs before them

## Nine nights

The exchange served a town of eleven thousand people. It had six operators, and all six stayed.
"""
THIRD = """A lighthouse keeper wrote down every ship that passed for thirty years. We asked him for one week of it.

He gave us all thirty years.
"""


def picture(seed: int, size: tuple[int, int] = (1200, 800)) -> bytes:
    """A made-up seascape as JPEG; nothing in it was taken from anywhere."""
    width, height = size
    made = Image.new("RGB", size, (206, 214, 210))
    draw = ImageDraw.Draw(made)
    horizon = height * (50 + seed * 7 % 20) // 100
    for line in range(horizon):
        shade = line / horizon
        draw.line(
            [(0, line), (width, line)], fill=(int(150 + 90 * shade), int(175 + 55 * shade), int(190 + 30 * shade))
        )
    for line in range(horizon, height):
        shade = (line - horizon) / (height - horizon)
        draw.line([(0, line), (width, line)], fill=(int(60 - 30 * shade), int(110 - 40 * shade), int(105 - 40 * shade)))
    left = width * (20 + seed * 23 % 50) // 100
    draw.rectangle([left, horizon - height // 5, left + width // 4, horizon + height // 20], fill=(92, 74, 58))
    draw.polygon(
        [
            (left - 20, horizon - height // 5),
            (left + width // 8, horizon - height // 3),
            (left + width // 4 + 20, horizon - height // 5),
        ],
        fill=(54, 47, 42),
    )
    held = BytesIO()
    made.filter(ImageFilter.GaussianBlur(1)).save(held, "JPEG", quality=82)
    return held.getvalue()


def tell(house: Spooled) -> dict[str, str]:
    """Put three stories and some news into the spool; their ids by short names."""
    told = {
        "crate": house.release(
            "story",
            STORY,
            title="The crate that was weighed twice",
            embargo="2026-11-12T09:00:00Z",
            files={"crate.jpg": ("image/jpeg", picture(1))},
        ),
        "exchange": house.release(
            "story",
            SECOND,
            title="Nine nights at the exchange",
            embargo="2026-06-02T09:00:00Z",
            files={"exchange.jpg": ("image/jpeg", picture(2))},
        ),
        "keeper": house.release("story", THIRD, title="Thirty years of ships", embargo="2025-10-01T09:00:00Z"),
        "post": house.release(
            "post",
            "Questions for the autumn round are open until Friday. Ask us anything about how we decide.",
            title="The autumn round is open",
            embargo="2026-11-20T12:00:00Z",
        ),
        "line": house.release(
            "press-line",
            "We have seen the reports about the harbour. We have nothing to add to what the court has said.",
            title="On the reports about the harbour",
            embargo="2026-11-18T16:30:00Z",
        ),
    }
    told["correction"] = house.release(
        "correction",
        "We said that the exchange served eleven thousand people. It served seven thousand.",
        embargo="2026-06-20T09:00:00Z",
    )
    house.order("correction", told["exchange"], {"by": told["correction"]})
    return told
