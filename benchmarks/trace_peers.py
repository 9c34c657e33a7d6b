"""The peers of `trace.py`: how others find the ten names of a list that are most like the one asked for.

Each takes the names, in plain letters, and is asked in plain letters. They are loaded where they are installed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

Peer = tuple[Callable[[str], list[int]], str, int, int | None]
"""Places of the best ten, how long building took, of how many questions one is asked, and the server's process."""


def rapidfuzz_peer(names: list[str]) -> Peer:
    from rapidfuzz import fuzz, process

    ordered = [" ".join(sorted(name.split())) for name in names]

    def ask(text: str) -> list[int]:
        found = process.extract(" ".join(sorted(text.replace(",", " ").split())), ordered, scorer=fuzz.ratio, limit=10)
        return [place for _, _, place in found]

    return ask, "", 10, None


def cdist_peer(names: list[str]) -> Peer:
    import numpy as np
    from rapidfuzz import fuzz, process

    ordered = [" ".join(sorted(name.split())) for name in names]

    def ask(text: str) -> list[int]:
        words = " ".join(sorted(text.replace(",", " ").split()))
        alike = process.cdist([words], ordered, scorer=fuzz.ratio, workers=1, dtype=np.uint8)[0]
        return [int(each) for each in np.argpartition(-alike.astype(np.int16), 10)[:10]]

    return ask, "", 10, None


def duckdb_peer(names: list[str]) -> Peer:
    import duckdb
    import pyarrow as pa

    con = duckdb.connect(config={"threads": 1})
    con.register("given", pa.table({"id": list(range(len(names))), "name": names}))
    con.execute("create table names as select * from given")
    asking = "select id from names order by jaro_winkler_similarity(name, $1) desc limit 10"
    return lambda text: [row[0] for row in con.execute(asking, [text]).fetchall()], "", 10, None


def tantivy_peer(names: list[str]) -> Peer:
    import tantivy
    from rapidfuzz import fuzz, process

    begun = time.perf_counter()
    fields = tantivy.SchemaBuilder()
    fields.add_integer_field("id", stored=True, fast=True)
    fields.add_text_field("name", tokenizer_name="three", index_option="freq")
    schema = fields.build()
    three = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(min_gram=3, max_gram=3, prefix_only=False)).build()
    index = tantivy.Index(schema)
    index.register_tokenizer("three", three)
    writer = index.writer(heap_size=256_000_000, num_threads=1)
    for place, name in enumerate(names):
        writer.add_document(tantivy.Document(id=place, name=f" {name} "))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(text: str) -> list[int]:
        padded = f" {text} "
        grams = {padded[at : at + 3] for at in range(len(padded) - 2)}
        terms = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "name", gram, "freq")) for gram in grams]
        hits = searcher.search(tantivy.Query.boolean_query(terms), 200).hits
        places = [searcher.doc(where)["id"][0] for _, where in hits]
        ranked = process.extract(text, [names[place] for place in places], scorer=fuzz.token_sort_ratio, limit=10)
        return [places[at] for _, _, at in ranked]

    return ask, f"{time.perf_counter() - begun:.0f} s", 1, None


def postgres_peer(names: list[str]) -> Peer:
    import psycopg

    begun = time.perf_counter()
    con = psycopg.connect(os.environ["PGURL"], autocommit=True)
    con.execute("create extension if not exists pg_trgm")
    con.execute("create temporary table names (id int, name text)")
    with con.cursor().copy("copy names from stdin") as copy:
        for row in enumerate(names):
            copy.write_row(row)
    con.execute("create index on names using gin (name gin_trgm_ops)")
    con.execute("analyze names")
    con.execute("set pg_trgm.similarity_threshold = 0.4")
    asking = "select id from names where name %% %s order by similarity(name, %s) desc limit 10"
    return (
        lambda text: [row[0] for row in con.execute(asking, (text, text)).fetchall()],
        f"{time.perf_counter() - begun:.0f} s",
        1,
        con.info.backend_pid,
    )


PEERS: dict[str, Callable[[list[str]], Peer]] = {
    "rapidfuzz": rapidfuzz_peer,
    "cdist": cdist_peer,
    "duckdb": duckdb_peer,
    "tantivy": tantivy_peer,
    "postgres": postgres_peer,
}
