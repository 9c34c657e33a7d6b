"""What the columns of call and bank tables seem to mean, and what is kept of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.desk.exchange.service import save_mapping
from leconfield.errors import BadInputError, RefusedError
from leconfield.intake.tables import (
    LinkMap,
    Mapping,
    MappingError,
    Reading,
    RecordMap,
    RowError,
    SavedMappings,
    as_toml,
    guessed,
    load_mapping,
    mapped,
    mapping_of,
    rows,
)
from leconfield.intake.tables.values import ValueProblem, amount_of, currency_of, later, on_the_clock
from tests.desk.exchange.test_taking_in import ANN
from tests.ledger.desks import EMMA, START, desk, look


def reading(table: str) -> Reading:
    return guessed(list(rows(table.encode(), "t.csv")))


def links(table: str) -> list[tuple[str, str, str, str, str]]:
    found = list(rows(table.encode(), "t.csv"))
    made = mapped(found, mapping_of(guessed(found)))
    return [
        (each.left.partition(":")[2], each.prop, each.right.partition(":")[2], each.held.start, each.amount)
        for row in made
        for each in row.links
    ]


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("A_Number,B_Number,Start Time,Duration (s)", "caller callee at seconds"),
        ("calling number,called number,call date,call duration", "caller callee at seconds"),
        ("MSISDN,dialled number,timestamp,secs", "caller callee at seconds"),
        ("Caller,Callee,Time,Seconds", "caller callee at seconds"),
        ("alpha,beta,gamma,seconds", "caller callee at seconds"),
    ],
)
def test_call_tables_are_read_however_they_are_headed(header: str, roles: str) -> None:
    found = reading(f"{header}\n07700900111,+44 7700 900222,2026-02-14T09:05,125\n")
    assert found.kind == "calls"
    assert {found.role_of(each) for each in found.roles.values()} == set(roles.split())
    (call,) = links(f"{header}\n07700900111,+44 7700 900222,2026-02-14T09:05,125\n")
    assert call[1:4] == ("called", "+44 7700 900222", "2026-02-14T09:05")


def test_an_accounts_own_statement_says_by_the_sign_which_way_it_was_paid() -> None:
    table = "Booking date;IBAN;Counterparty;Amount;CCY\n"
    table += "14.02.2026;GB29NWBK60161331926819;DE89370400440532013000;-1.234,50;EUR\n"
    table += "15.02.2026;GB29NWBK60161331926819;DE89370400440532013000;12,00;EUR\n"
    ours, other = "gb29nwbk60161331926819", "de89370400440532013000"
    assert links(table) == [
        (ours, "paid", other, "2026-02-14", "1234.50 EUR to DE89370400440532013000"),
        (other, "paid", ours, "2026-02-15", "12.00 EUR to GB29NWBK60161331926819"),
    ]


def test_who_holds_an_account_owns_it_and_namesakes_stay_apart() -> None:
    table = "date,payer,payee,payer name,amount\n"
    table += "".join(f"2026-02-14,{payer},87654321,J Smith,£5\n" for payer in (12345678, 999))
    owners = {each[0] for each in links(table) if each[1] == "owner"}
    assert owners == {"j smith|12345678", "j smith|999"}
    assert links(table)[0][4] == "5 GBP to 87654321"


def test_a_below_nothing_amount_without_a_sign_rule_is_told_by_row_and_column() -> None:
    table = "date,payer,payee,amount\n2026-02-14,12345678,87654321,-5\n"
    with pytest.raises(RowError, match='row 2, column "amount": is below nothing'):
        links(table)
    with pytest.raises(RowError, match='"XX" is no currency'):
        links("date,payer,payee,amount,currency\n2026-02-14,12345678,87654321,5,XX\n")


@pytest.mark.parametrize(
    ("day", "order"), [("13/02/2026", "DD/MM/YYYY"), ("02/13/2026", "MM/DD/YYYY"), ("13.02.2026", "DD.MM.YYYY")]
)
def test_a_thirteenth_day_says_how_dates_are_written(day: str, order: str) -> None:
    assert reading(f"caller,callee,time\n07700900111,07700900222,{day}\n").dates == order


@pytest.mark.parametrize(
    ("text", "number", "currency", "negative"),
    [
        ("1,234.50", "1234.50", "", False),
        ("1.234,50", "1234.50", "", False),
        ("(12.00)", "12.00", "", True),
        ("-£5", "5", "GBP", True),
        ("€-5", "5", "EUR", True),
        ("5 chf", "5", "CHF", False),
        ("12-", "12", "", True),
        ("1 234 567.8", "1234567.8", "", False),
    ],
)
def test_amounts_are_understood_as_banks_write_them(text: str, number: str, currency: str, negative: bool) -> None:
    found = amount_of(text)
    assert (found.number, found.currency, found.negative) == (number, currency, negative)


@given(st.text(max_size=30))
def test_whatever_stands_in_a_cell_it_is_a_value_or_a_problem_in_words(text: str) -> None:
    for read in (
        amount_of,
        currency_of,
        lambda cell: later("2026-02-01T10:00", cell),
        lambda cell: on_the_clock("2026-02-01", cell),
    ):
        problem = ""
        try:
            read(text)
        except ValueProblem as error:
            problem = str(error)
        assert not problem or text in problem


def test_a_length_may_be_hours_minutes_and_seconds() -> None:
    assert later("2026-02-01T10:00", "00:03:20") == "2026-02-01T10:03:20"
    assert later("2026-02-01T10:00", "3:20") == "2026-02-01T10:03:20"
    with pytest.raises(ValueProblem):
        later("2026-02-01T10:00", "3:99")


_WORDS = st.text(min_size=1, max_size=12).filter(lambda each: each.strip().lower() == each)


@given(st.lists(_WORDS, min_size=6, max_size=6, unique=True), _WORDS, st.booleans())
def test_a_mapping_written_as_toml_is_read_as_the_same_mapping(columns: list[str], title: str, signed: bool) -> None:
    caller, callee, at, seconds, amount, currency = columns
    mapping = Mapping(
        title,
        (
            RecordMap("left", "Phone", ((caller, "phone"),), (caller,), (("notes", title),)),
            RecordMap("right", "Phone", ((callee, "phone"),), (callee,)),
        ),
        (LinkMap("left", "called", "right", at, seconds=seconds, amount=amount, currency=currency, signed=signed),),
        frozenset({seconds}),
        "DD/MM/YYYY",
        ";",
    )
    assert load_mapping(as_toml(mapping)) == mapping


def test_a_saved_mapping_is_offered_for_the_same_columns_to_who_may_know_of_it() -> None:
    at = desk()
    found = list(rows(b"caller,callee,time\n07700900111,07700900222,2026-02-14\n", "t.csv"))
    mapping, columns = mapping_of(guessed(found), "Telco"), found[0].values
    look(at, EMMA).derived(SavedMappings)
    save_mapping(at, look(at, EMMA), name=" our  telco ", mapping=mapping, columns=columns, label="S&SEQUIN")
    known = look(at, EMMA).derived(SavedMappings)
    assert [(each.name, each.mapping) for each in known.fitting(["time", "caller", "callee"])] == [
        ("our telco", mapping)
    ]
    assert known.fitting(["time", "caller"]) == []
    assert look(at, ANN).derived(SavedMappings).by_name == {}
    assert SavedMappings.of(look(at, EMMA).world).by_name == known.by_name
    for who in (look(at, ANN), look(at, EMMA)):
        with pytest.raises(MappingError, match='no mapping is called "other"'):
            who.derived(SavedMappings).called("other")
    with pytest.raises(BadInputError):
        save_mapping(at, look(at, EMMA), name=" ", mapping=mapping, columns=columns)
    with pytest.raises(RefusedError):
        save_mapping(at, look(at, EMMA, START), name="x", mapping=mapping, columns=columns)


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ('currency = "c"', 'add "amount"'),
        ("signed = true", 'add "amount"'),
        ('signed = "yes"\namount = "a"', "must be true or false"),
        ('clock = "c"', 'add "at"'),
    ],
)
def test_a_mapping_that_says_half_of_a_payment_is_refused(link: str, fault: str) -> None:
    record = '[[records]]\nname = "{0}"\nschema = "BankAccount"\ncolumns = {{ {0} = "iban" }}\n'
    text = record.format("a") + record.format("b") + f'[[links]]\nleft = "a"\nprop = "paid"\nright = "b"\n{link}\n'
    with pytest.raises(MappingError, match=fault):
        load_mapping(text)
