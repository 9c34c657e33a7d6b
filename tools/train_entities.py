"""Train the entity taggers and write their weights and word table into the package.

    LECONFIELD_SHARED=../shared OMP_NUM_THREADS=1 python tools/train_entities.py [words|names|entities|all]

Reads, under `data/` of the shared folder: re3d (gold of the second layer), TAB (gold of the first), the name lists,
MUC-3 training texts and the cables (unlabelled, for clusters). What ships is described in `models/entities.md`.
"""

from __future__ import annotations

import json
import lzma
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from entity_prose import PEOPLE, Names, prose
from leconfield.intake.extraction.crf import weights
from leconfield.intake.extraction.places import every
from leconfield.intake.extraction.training import (
    Example,
    Settings,
    learn_mentions,
    learn_names,
    outermost,
    upper,
)
from word_table import clusters, lower_words, name_words

ROOT: Final = Path(__file__).resolve().parents[1]
SHARED: Final = Path(os.environ.get("LECONFIELD_SHARED", ROOT.parent / "shared")) / "data"
MODELS: Final = ROOT / "src/leconfield/intake/extraction/models"
NAME_SETTINGS: Final = Settings(c1=0.3, c2=0.02, iterations=90)
MENTION_SETTINGS: Final = Settings(c1=0.1, c2=0.05, iterations=100)
TAB_TYPES: Final = {
    "PERSON": "Person",
    "ORG": "Organisation",
    "LOC": "Location",
    "DATETIME": "Temporal",
    "QUANTITY": "Quantity",
    "CODE": "Code",
    "DEM": "Nationality",
}
PROSE_SENTENCES: Final = 6_000


def lines(path: Path) -> Iterator[dict[str, object]]:
    """The objects of a JSON-lines file."""
    with path.open(encoding="utf-8-sig") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def re3d(folder: Path = SHARED / "re3d") -> dict[str, Example]:
    """The documents of re3d by id: confidence at least one half, sound offsets, outermost spans."""
    texts: dict[str, str] = {}
    gold: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for documents in sorted(folder.rglob("documents.json")):
        texts |= {str(each["_id"]): str(each["text"]) for each in lines(documents)}
        for each in lines(documents.with_name("entities.json")):
            start, end = int(str(each["begin"])), int(str(each["end"]))
            about = str(each["documentId"])
            if float(str(each["confidence"])) >= 0.5 and texts[about][start:end] == each["value"]:
                gold[about].append((start, end, str(each["type"])))
    return {about: Example(text, outermost(gold[about])) for about, text in sorted(texts.items())}


def tab(path: Path = SHARED / "tab" / "train.jsonl") -> Iterator[Example]:
    """The court cases of TAB with their names, dates and places."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            each = json.loads(line)
            gold = (
                (span["start_offset"], span["end_offset"], TAB_TYPES[span["entity_type"]])
                for span in each["entities"]
                if span["entity_type"] in TAB_TYPES
            )
            yield Example(each["text"], outermost(gold))


def muc_texts(name: str = "train") -> list[str]:
    """The news reports of MUC-3 without their keys, in lower case."""
    return [str(each["doctext"]) for each in lines(SHARED / "muc3" / "processed" / f"{name}.json")]


def invented() -> list[Example]:
    """Invented prose of a desk, people of many origins in British and other towns."""
    towns = sorted(
        place.name
        for place in every()
        if place.kind == "city"
        and place.population > (25_000 if place.country == "GB" else 100_000)
        and place.country in {"GB", "IE", "PK", "SO", "NG", "TR", "SV", "CO", "PE", "GT", "FR", "PL", "IQ"}
    )
    return [Example(text, tuple(gold)) for text, gold in prose(Names(PEOPLE, towns), PROSE_SENTENCES, seed=5)]


def name_examples(cased: bool) -> list[Example]:
    """What the first layer learns from."""
    found = [*tab(), *invented()]
    return found if cased else [upper(each) for each in found]


def write_words() -> None:
    """The word table: clusters from unlabelled texts, name lists."""
    mixed = [each.text for each in tab()]
    mixed += [path.read_text(encoding="utf-8") for path in sorted((SHARED / "cables_1960s" / "docs").glob("*.md"))]
    facts = clusters([*muc_texts(), *mixed])
    for word in lower_words(mixed):
        facts[word] = (*facts.get(word, ()), "low")
    forenames, surnames = name_words(SHARED / "names")
    for word in forenames | surnames:
        facts[word] = facts.get(word, ()) + ("fore",) * (word in forenames) + ("sur",) * (word in surnames)
    table = "\n".join(f"{word}\t{' '.join(each)}" for word, each in sorted(facts.items()))
    write("words.txt", table.encode())


def write(name: str, content: bytes) -> None:
    """Pack and store a model file."""
    packed = lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)
    (MODELS / f"entities.{name}.xz").write_bytes(packed)
    print(f"entities.{name}.xz {len(packed) / 1024:.0f} KB", flush=True)


def main(what: str = "all") -> None:
    """Train and write what is asked for."""
    if what in {"words", "all"}:
        write_words()
    for cased, name in ((True, "cased"), (False, "caseless")):
        if what in {"names", "all"}:
            write(f"names.{name}.crf", learn_names(name_examples(cased), cased, NAME_SETTINGS))
        if what in {"entities", "all"}:
            examples = [each if cased else upper(each) for each in re3d().values()]
            write(f"mentions.{name}.crf", learn_mentions(examples, cased, weights("names", cased), MENTION_SETTINGS))


if __name__ == "__main__":
    main(*sys.argv[1:])
