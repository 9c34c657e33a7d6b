import string
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.registry.linkage.batch_encoding import BatchEncoder
from leconfield.registry.linkage.encoding import Encoder
from leconfield.registry.linkage.fields import plan

ROLES = {
    "name": "name",
    "alias": "name",
    "born": "birth",
    "place": "place",
    "postcode": "postcode",
    "phone": "phone",
    "email": "email",
    "sex": "sex",
    "trade": "occupation",
}
PLAIN = [
    "Sir Humphrey O'Neill, 1st Baron Ashby of the Vale",
    "the 2nd",
    "sir",
    "bob ROBERT bob",
    " 1871-02-30 ",
    "18710230",
    "1871",
    "30/02/1871",
    "tq13 8DF.0",
    "0.0",
    "n/a",
    "--",
    " NULL ",
    "(+44) 7700 900-123",
    "x" * 5000,
    "a b c d e f g h i",
    "Łukasz Żółć",
    "Иван Петров",
    "tab\tand\nline",
    "male",
    "Woman",
    "\x1f",
    "ann-marie d'arcy_smith",
]
VALUES = st.none() | st.sampled_from(PLAIN) | st.text(max_size=12) | st.text(string.printable, max_size=30)


def both(table, at_a_time=1 << 18):
    """The rows of a table, as hashes of terms, and all that is known of every term, by both encoders."""
    with ThreadPoolExecutor(1) as workers:
        batch = BatchEncoder(plan(ROLES), workers)
        for start in range(0, max(table.num_rows, 1), at_a_time):
            batch.add(table.slice(start, at_a_time))
        rows, terms = batch.finish()
    single = Encoder(plan(ROLES))
    expected = single.encode(table)
    for made, known, count in ((rows, terms, len(terms.hash)), (expected, single.terms, single.count)):
        hashes = np.where(made >= 0, known.hash[made], 0) if count else np.zeros(made.shape, np.uint64)
        order = np.argsort(known.hash[:count])
        yield hashes.tolist(), [column[:count][order].tolist() for column in known]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(ROLES, VALUES)), max_size=8), st.sampled_from([3, 100]))
def test_columns_read_in_compiled_code_are_read_as_value_by_value(rows, at_a_time):
    table = pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in ROLES]))
    batch, single = both(table, at_a_time)
    assert batch == single


def test_nicknames_districts_and_words_are_tagged_alike():
    table = pa.table(
        {
            "name": ["Bill Marlow", "William Marlow", None],
            "alias": pa.nulls(3, pa.string()),
            "born": ["1902-04-05", "19020405", None],
            "place": ["Upper Slaughter", "Slaughter", ""],
            "postcode": ["GL54 2JD", "GL54", None],
            "phone": pa.array([None, None, 447700900123], pa.int64()),
            "email": ["Bill@Example.org", None, None],
            "sex": ["male", "m", "female"],
            "trade": pa.array(["spy", None, "spy"]).dictionary_encode(),
        }
    )
    batch, single = both(table)
    assert batch == single
