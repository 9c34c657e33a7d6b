"""Views: the only way to read, and what they keep from whom."""

from datetime import timedelta
from random import Random

import pytest

from leconfield.errors import DamagedError, NotFoundError, RefusedError
from leconfield.ledger.audit import Read, parse_leaf
from leconfield.ledger.drafts import Draft, NewStatement
from leconfield.ledger.labels import LabelError
from leconfield.ledger.model import IN_TEXT, Reader, SubjectId
from leconfield.ledger.world import World
from leconfield.ledger.worlds import Worlds
from tests.ledger.desks import EMMA, NOBODY, ROB, START, desk, filed, look


def test_a_reader_sees_what_his_tokens_open_and_nothing_else() -> None:
    at = desk()
    low, high = filed(at, ROB, "Ray Cassell. At the park", "S"), filed(at, ROB, "Ada Brook. A meet", "S&AGENTS")
    assert {each.id for each in look(at, ROB).reports()} == {low, high}
    assert [each.id for each in look(at, EMMA).reports()] == [low]
    assert look(at, NOBODY).reports() == []


def test_hidden_and_never_existing_are_the_same_words() -> None:
    at = desk()
    hidden = filed(at, ROB, "Ada Brook. A meet", "S&AGENTS")
    with pytest.raises(NotFoundError) as of_hidden:
        look(at, EMMA).report(hidden)
    with pytest.raises(NotFoundError) as of_nothing:
        look(at, EMMA).report("f" * 32)
    assert str(of_hidden.value).replace(hidden, "") == str(of_nothing.value).replace("f" * 32, "")


def test_as_of_shows_what_was_known_on_that_day() -> None:
    at = desk()
    early = filed(at, ROB, "Ray Cassell. First", when=START)
    filed(at, ROB, "Ada Brook. Second", when=START + timedelta(days=30))
    assert [each.id for each in look(at, EMMA, START + timedelta(days=1)).reports()] == [early]
    assert len(look(at, EMMA).reports()) == 2


def test_a_view_exists_only_after_its_question_is_on_record() -> None:
    at = desk()
    look(at, EMMA)
    leaves = [parse_leaf(each) for each in at._store.leaves()]
    assert isinstance(leaves[-1], Read)
    assert (leaves[-1].actor, leaves[-1].action) == ("emma", "look")


def test_the_same_file_from_the_same_source_is_one_report() -> None:
    at = desk()
    first, second = filed(at, ROB, "Ray Cassell. Seen"), filed(at, ROB, "Ray Cassell. Seen")
    assert first == second
    assert len(look(at, EMMA).reports()) == 1


def test_the_same_file_under_a_hidden_label_does_not_show_in_filing_it_again() -> None:
    at = desk()
    hidden = filed(at, ROB, "Ray Cassell. Seen", "S&AGENTS")
    own = filed(at, EMMA, "Ray Cassell. Seen", "S")
    assert own != hidden
    assert [each.id for each in look(at, EMMA).reports()] == [own]


def test_nobody_writes_under_a_label_that_would_hide_it_from_himself() -> None:
    at = desk()
    with pytest.raises(RefusedError, match="SEQIN"):
        filed(at, EMMA, "Ray Cassell. Seen", "S&SEQIN")
    with pytest.raises(LabelError):
        filed(at, EMMA, "Ray Cassell. Seen", "S&&SEQUIN")
    assert look(at, ROB).reports() == []


def test_of_several_acts_all_or_none_are_appended() -> None:
    at = desk()
    with pytest.raises(LabelError):
        at.append(EMMA, [Draft("note", "S", body={"words": "one"}), Draft("note", "S&", body={"words": "two"})])
    assert look(at, EMMA).entries() == []


def test_taking_a_token_away_takes_effect_at_once() -> None:
    at = desk()
    filed(at, ROB, "Ada Brook. A meet", "S&AGENTS")
    assert len(look(at, ROB).reports()) == 1
    assert look(at, EMMA).reports() == []
    assert look(at, type(ROB)("rob", ROB.persona, EMMA.tokens)).reports() == []


def test_readers_who_may_see_the_same_share_one_world() -> None:
    at = desk()
    filed(at, ROB, "Ray Cassell. Seen", "S")
    other = type(EMMA)("ann", "Ann", EMMA.tokens | {"NOTHING.BEARS.THIS"})
    assert look(at, EMMA).world is look(at, other).world


def test_what_comes_in_while_a_world_is_filled_is_there_once() -> None:
    at = desk()
    filed(at, ROB, "Ray Cassell. Seen")
    store = at._store
    newest, late = store.newest, iter(["Ada Brook. Seen"])

    def newest_then_somebody_files(labels: frozenset[int]) -> dict[int, int]:
        found = newest(labels)
        for text in late:
            filed(at, ROB, text)
        return found

    store.newest = newest_then_somebody_files  # type: ignore[method-assign, assignment]
    look(at, EMMA)
    assert len(look(at, EMMA).statements()) == len({each.id for each in look(at, EMMA).statements()}) == 2
    assert len(look(at, EMMA).world.entries) == 2


def test_a_kept_file_is_read_through_an_entry_that_names_it_and_that_the_reader_may_see() -> None:
    at = desk()
    digest = at.keep(b"a schedule")
    at.append(ROB, [Draft("served", "S&AGENTS", about="case", body={"docx": digest})])
    assert look(at, ROB).kept(digest, about="case") == b"a schedule"
    with pytest.raises(NotFoundError) as of_hidden:
        look(at, EMMA).kept(digest, about="case")
    with pytest.raises(NotFoundError) as of_nothing:
        look(at, EMMA).kept("f" * 64, about="case")
    assert str(of_hidden.value) == str(of_nothing.value)
    with pytest.raises(NotFoundError):
        look(at, ROB).kept(digest, about="another case")


def test_a_kept_file_that_is_not_what_was_kept_is_refused() -> None:
    at = desk()
    digest = at.keep(b"a schedule")
    at.append(ROB, [Draft("served", "S", about="case", body={"docx": digest})])
    at._files._memory[digest] = b"another schedule"
    with pytest.raises(DamagedError, match="not what was kept"):
        look(at, ROB).kept(digest, about="case")


def test_the_audit_is_handed_on_from_where_it_was_left_off() -> None:
    at = desk()
    look(at, EMMA)
    before = list(at.leaves())
    look(at, ROB)
    assert [parse_leaf(each) for each in at.leaves(len(before))] == [parse_leaf(each) for each in at.leaves()][-1:]


def test_the_narrowest_label_of_a_reader_is_written_with_all_that_he_holds() -> None:
    at = desk()
    assert look(at, EMMA).own_label == "O&S&SEQUIN"
    assert look(at, NOBODY).own_label == ""
    odd = Reader("odd", "Odd", frozenset({"S", "A B"}))
    label = look(at, odd).own_label
    at.append(odd, [Draft("noted", label, about="it")])
    assert [each.label for each in look(at, odd).entries(about="it")] == [label]
    assert look(at, EMMA).entries(about="it") == []


def test_entries_stand_in_the_order_of_their_acts_whoever_looked_between_them() -> None:
    at = desk()
    narrow = Reader("nell", "Nell", frozenset({"S"}))
    at.append(EMMA, [Draft("noted", "S", body={"n": "1"})])
    look(at, EMMA)
    look(at, narrow)  # both see the same so far, and share a world
    at.append(EMMA, [Draft("noted", "O", body={"n": "2"})])
    at.append(EMMA, [Draft("noted", "S", body={"n": "3"})])
    look(at, narrow)
    at.append(EMMA, [Draft("noted", "OVERSIGHT|S", body={"n": "4"})])
    look(at, narrow)  # she sees a label more, and leaves the world to Emma, who has not looked since
    assert [each.body["n"] for each in look(at, EMMA).entries(kind="noted")] == ["1", "2", "3", "4"]


def test_statements_stand_in_that_order_too_under_a_label_that_bears_no_entry() -> None:
    at = desk()
    narrow = Reader("nell", "Nell", frozenset({"S"}))
    report = filed(at, EMMA, "Ray. He came.")
    record = SubjectId(at.ids.of("record", report))

    def noted(text: str, label: str, entry: str = "S") -> None:
        new = NewStatement(record, "Person", "notes", text, IN_TEXT, report, label=label)
        at.append(EMMA, [Draft("recorded", entry, about=record, statements=(new,))])

    look(at, EMMA)
    look(at, narrow)
    noted("1", "S&SEQUIN")
    noted("2", "S")
    look(at, narrow)
    at.append(EMMA, [Draft("noted", "OVERSIGHT|S")])
    look(at, narrow)
    world = look(at, EMMA).world
    assert [each.value for each in world.statements.values() if each.prop == "notes"] == ["1", "2"]


_TOKENS = ("A", "B", "C", "D")
_LABELS = ("S",) * 6 + tuple(f"S{sign}{each}" for each in _TOKENS for sign in "&|")
_HOLDS = (frozenset({"S"}), frozenset({"S", *_TOKENS}), frozenset({"S", "A"}), frozenset({"B"}))


def _orders(world: World) -> list[list[str]]:
    return [
        [each.id for each in world.entries],
        list(world.reports),
        list(world.statements),
        [str(each) for each in world.judgements],
    ]


@pytest.mark.parametrize("seed", range(36))
def test_a_world_is_the_one_that_would_be_built_now_whoever_looked_when(seed: int) -> None:
    at, chance = desk(), Random(seed)
    writer = Reader("wen", "Wen", frozenset({"S", *_TOKENS}))
    for number in range(16):
        label = chance.choice(_LABELS)
        report = filed(at, writer, f"Ray {number}. He came.", label)
        record = SubjectId(at.ids.of("record", report))
        more = NewStatement(record, "Person", "notes", str(number), IN_TEXT, report, label=chance.choice(_LABELS))
        at.append(writer, [Draft("recorded", label, about=record, statements=(more,))])
        for tokens in _HOLDS:
            if chance.random() < 0.4:
                look(at, Reader("r" + "".join(sorted(tokens)).lower(), "R", tokens))
    for tokens in _HOLDS:
        grown = at._worlds.world(tokens, None)
        assert _orders(grown) == _orders(Worlds(at._store, at._segments).world(tokens, None)), tokens
