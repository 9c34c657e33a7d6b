"""Resolution of whole tables: any table in, its rows as clusters out, one by one as they arrive or in one batch.

The kernel, in the order in which it is used (rows are numbers from 0, everything else is arrays):

- `fields.Plan`: what each column of a table is (`fields.guess`), and the layout of an encoded row;
- `encoding.Encoder(plan).encode(table)`: rows as int32[rows, plan.width] of term ids (-1: nothing there), and
  `encoding.Encoder.terms`: what the kernels know of each (`terms.Terms`); `encoding.fingerprints(ids)`: uint64 a row;
- `keys.flat_keys(rows, first, terms, layout)`: the blocking keys of every row, as the row and the key of each;
- `scoring.score_batch(rows, terms, layout, weights, fingerprints, left, right)`: bits by pair and field, levels by pair
  and field; the total of a pair is the sum over fields;
- `learning.learn(...)`: the weights from the table at hand, without labels;
- `limits.limits(rows)` and `clustering.partition(...)`: from scored pairs to clusters.

`resolver.Resolver` does all this for records as they arrive, `durable.DurableResolver` with a journal; `batch` for a
whole table at once.

Nothing here reads a desk: a table is what the caller may see.
"""
