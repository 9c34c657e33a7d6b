"""Tests of `leconfield.agents.wardrobe`: what is kept, under whose label, and what follows from its being worn."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leconfield.agents import service, wardrobe, week
from leconfield.agents.day.inventory import Inventory
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.model import Reader
from tests.agents.wardrobes import HANDLER, TEAM, clashing, place, team
from tests.ledger.desks import EMMA, look

GARMENT = {"name": "grey suit", "kind": "outfit", "stored": "locker 4", "label": TEAM}


def test_what_is_kept_is_seen_by_the_team_and_nobody_else() -> None:
    made = team()
    kept = look(made.desk, HANDLER).derived(Inventory)
    assert [each.name for each in kept.covers] == ["plumber", "teacher"]
    assert [(each.name, each.kind) for each in kept.garments] == [
        ("blue overall", "outfit"),
        ("brown coat", "outfit"),
        ("white van", "vehicle"),
    ]
    assert [each.name for each in kept.places] == ["Duck pond", "Fish quay"]
    assert look(made.desk, EMMA).derived(Inventory).items == {}


def test_a_garment_stands_under_the_labels_of_the_covers_that_it_fits() -> None:
    made = team()
    its_own = wardrobe.keep_cover(
        made.desk, look(made.desk, HANDLER), name="vicar", needs=["outfit"], label="HEATHER&S"
    )
    wardrobe.keep_garment(made.desk, look(made.desk, HANDLER), covers=[its_own, made.teacher], **GARMENT)
    suit = next(each for each in look(made.desk, HANDLER).derived(Inventory).garments if each.name == "grey suit")
    assert suit.label == f"HEATHER&S&{TEAM}"
    team_alone = Reader("tess", "Tess", frozenset({TEAM}))
    assert [each.name for each in look(made.desk, team_alone).derived(Inventory).covers] == ["plumber", "teacher"]


def test_what_is_retired_is_used_no_more_and_known_still() -> None:
    made = team()
    wardrobe.retire(made.desk, look(made.desk, HANDLER), made.coat, reason="The lining is torn.")
    kept = look(made.desk, HANDLER).derived(Inventory)
    assert "brown coat" not in [each.name for each in kept.garments]
    assert kept.words(made.coat).startswith("brown coat ")
    with pytest.raises(NotFoundError, match="no such thing"):
        wardrobe.retire(made.desk, look(made.desk, HANDLER), made.coat, reason="Again.")


def test_two_of_one_name_are_told_apart() -> None:
    made = team()
    place(made.desk, "Duck pond", 51.6, 0.0)
    kept = look(made.desk, HANDLER).derived(Inventory)
    assert len({kept.words(each.id) for each in kept.places}) == 3


def test_hidden_and_never_kept_are_refused_in_the_same_words() -> None:
    made = team()
    said = set()
    for which in (made.coat, "0" * 32, ""):
        with pytest.raises(NotFoundError) as refused:
            wardrobe.retire(made.desk, look(made.desk, EMMA), which, reason="Why not.")
        said.add(str(refused.value))
    assert len(said) == 1


@pytest.mark.parametrize(
    ("changed", "match"),
    [
        ({"kind": "hat"}, "is not kept"),
        ({"name": ""}, "is missing"),
        ({"name": "x" * 81}, "too long"),
        ({"name": "a\x00b"}, "is missing"),
        ({"stored": " "}, "where it lies"),
        ({"label": ""}, "compartment"),
        ({"covers": ()}, "choose the covers"),
    ],
)
def test_a_garment_that_is_not_fit_to_be_kept_is_refused(changed: dict[str, str], match: str) -> None:
    made = team()
    with pytest.raises(BadInputError, match=match):
        wardrobe.keep_garment(made.desk, look(made.desk, HANDLER), **({"covers": [made.teacher]} | GARMENT | changed))  # type: ignore[arg-type]  # what a form may send


@pytest.mark.parametrize("degrees", ["", "north", "91", "nan", "inf", "-200"])
def test_a_place_off_the_globe_is_refused(degrees: str) -> None:
    made = team()
    with pytest.raises(BadInputError, match="degrees"):
        wardrobe.keep_place(
            made.desk, look(made.desk, HANDLER), name="Moor", latitude=degrees, longitude="0", label=TEAM
        )


def test_a_label_that_would_hide_it_and_a_second_cover_of_one_name_are_refused() -> None:
    made = team()
    with pytest.raises(RefusedError, match="hide this from you"):
        wardrobe.keep_cover(made.desk, look(made.desk, HANDLER), name="vicar", needs=["outfit"], label="NETTLE")
    with pytest.raises(RefusedError, match="already"):
        wardrobe.keep_cover(made.desk, look(made.desk, HANDLER), name="teacher", needs=["outfit"], label=TEAM)


def test_eyes_follow_from_a_meeting_that_was_written_down() -> None:
    made = team()
    contact = service.contacted(made.desk, look(made.desk, HANDLER), made.heather, words="He stopped me in the street.")
    assert week.seen_by(look(made.desk, HANDLER)) == {}
    wardrobe.wear(made.desk, look(made.desk, HANDLER), contact, garments=[made.coat], eyes=["his wife"])
    assert week.seen_by(look(made.desk, HANDLER)) == {made.coat: frozenset({"HEATHER", "his wife"})}
    with pytest.raises(NotFoundError, match="no such meeting"):
        wardrobe.wear(made.desk, look(made.desk, EMMA), contact, garments=[made.coat])


def test_growing_and_folding_agree() -> None:
    made = clashing()
    view = look(made.desk, HANDLER)
    grown = view.derived(Inventory)
    wardrobe.retire(made.desk, view, made.van, reason="Sold.")
    made.hands.move(hours=1)
    view = look(made.desk, HANDLER)
    folded = Inventory.of(view.world)
    assert (grown.items, grown.worn) == (folded.items, folded.worn)


def test_nobody_acts_in_the_past() -> None:
    made = team()
    then = look(made.desk, HANDLER, made.hands() + timedelta(0))
    for act in (
        lambda: wardrobe.retire(made.desk, then, made.coat, reason="Torn."),
        lambda: wardrobe.keep_cover(made.desk, then, name="vicar", needs=["outfit"], label=TEAM),
    ):
        with pytest.raises(RefusedError, match="nobody acts in the past"):
            act()
