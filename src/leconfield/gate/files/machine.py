"""What a file for machines says in words: its texts, without the ids, stamps and terms of its format.

A STIX bundle, FollowTheMoney lines and a GraphML network are looked through by the gate as prose is: each object of
theirs is one sentence. Only what is surely of the format is left out (an id by its shape, a term that stands on the
list below); every other key or value is something that the file says.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

from leconfield.ledger.vocabulary import LINKS, PROPERTIES, SCHEMATA

_UUID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_ID: Final = re.compile(
    rf"[a-z][a-z0-9-]*--{_UUID}|(?:link-)?[0-9a-f]{{32}}(?:[ ,;][0-9a-f]{{32}})*"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z|\d{1,2}(?:\.\d{1,2}){1,2}|[A-F][1-6]"
    r"|extensions\.[\w.-]+\.statements\.\[\d+\]|https://[a-z./]+/docs/exchange\.md"
)
"""Ids, stamps, versions, grades, paths of our extension."""
_STIX: Final = """account_type asserter attack-pattern bundle confidence content count created created_by_ref definition
definition_type description display_name extension-definition extension_type extension_types extensions first_seen grade
granular_markings held_from held_until id identity identity_class incident individual kind last_seen latitude learnt
location longitude marking-definition marking_ref modality modified name new-sdo note object_marking_refs object_ref
object_refs objects opinion organization polarity prop property-extension published relationship relationship_type
report report_ref schema selectors sighting sighting_of_ref source_ref spec_version stance start_time statement
statements stop_time system target_ref type user-account user_id value version where_sighted_refs written
x-leconfield-thing"""
_FTM: Final = (
    "id schema properties number full service role UnknownLink Ownership UserAccount Address subject object asset"
)
_GRAPHML: Final = "registered mentioned true false"
_TERMS: Final = frozenset((*_STIX.split(), *_FTM.split(), *_GRAPHML.split(), *PROPERTIES, *SCHEMATA)) - frozenset(LINKS)
"""Words of the formats; how two are linked is not among them: it is said."""
_OUR_OWN: Final = frozenset(
    {
        "Leconfield, the program",
        "Statements",
        "Each statement by itself: its value, grade (Admiralty), when it was true and when learnt.",
    }
)
"""What every bundle of ours says of itself."""
_TAG: Final = re.compile(
    r"</?(?:graphml|desc|key|graph|node|edge|data)"
    r'(?: (?:xmlns|id|for|attr\.name|attr\.type|edgedefault|source|target|key)="(?:[a-z-]{1,16}|[0-9a-f]{32}'
    r'|http://graphml\.graphdrawing\.org/xmlns|[0-9a-f]{32}~[A-Za-z]{1,32}~[0-9a-f]{32})")* ?/?>'
)
_PROLOGUE: Final = re.compile(r"<\?xml version='1\.0' encoding='utf-8'\?>\s*(?=<graphml )")
_NODE: Final = re.compile(r'<node id="([0-9a-f]{32})">\s*<data key="node-label">([^<]*)</data>')
_ENDS: Final = re.compile(r' (?:source|target)="([0-9a-f]{32})"')
_WHICH: Final = frozenset({"id"})
_CALLED: Final = frozenset({"name", "number", "value", "user_id", "registrationNumber", "full"})
"""Keys under which stands what something is called."""
_Json = str | int | float | bool | None | list["_Json"] | tuple[tuple[str, "_Json"], ...]


def said_in(text: str) -> str:
    """What a text says: of a file for machines its own words, one sentence for each object; of others all of it."""
    if _PROLOGUE.match(text):
        return _sentences(_in_graphml(text))
    if text.lstrip()[:1] in ("{", "["):
        try:
            return _sentences(_in_json(text))
        except (ValueError, RecursionError):
            return text
    return text


def _sentences(objects: Iterable[Iterable[str]]) -> str:
    """One sentence of each object that says anything, each of its words once."""
    said = (", ".join(dict.fromkeys(each for each in words if not _of_the_format(each))) for words in objects)
    return "\n".join(f"{each}." for each in said if each)


def _of_the_format(words: str) -> bool:
    return words in _TERMS or words in _OUR_OWN or not words.strip() or _ID.fullmatch(words) is not None


def _in_json(text: str) -> Iterator[Iterator[str]]:
    """The texts of each object: of a bundle's `objects`, of each line, else of the whole; ids by what they name.

    Pairs are read as they stand: of two with one key a dictionary would keep the last alone.
    """
    try:
        whole = [_parsed(text)]
    except ValueError:
        whole = [_parsed(each) for each in text.splitlines() if each.strip()]
    parts = [part for each in whole for part in _parts(each)]
    named = {which: name for each in parts if (which := _first(each, _WHICH)) and (name := _first(each, _CALLED))}
    for each in parts:
        yield (named.get(leaf, leaf) if _ID.fullmatch(leaf) else leaf for leaf in _leaves(each))


def _parsed(text: str) -> _Json:
    found: _Json = json.loads(text, object_pairs_hook=tuple)
    return found


def _parts(whole: _Json) -> Iterator[_Json]:
    for key, value in whole if isinstance(whole, tuple) and _holds_objects(whole) else (("", whole),):
        if key == "objects" and isinstance(value, list):
            yield key
            yield from value
        else:
            yield ((key, value),) if key else value


def _holds_objects(whole: tuple[tuple[str, _Json], ...]) -> bool:
    return any(key == "objects" for key, _ in whole)


def _first(value: _Json, keys: frozenset[str]) -> str:
    """The first text under one of these keys; empty if there is none."""
    for key, each in value if isinstance(value, tuple) else ():
        if key in keys and isinstance(each, str | list):
            return next(iter(_leaves(each)), "")
        if key == "properties" and (found := _first(each, keys)):
            return found
    return ""


def _leaves(value: _Json) -> Iterator[str]:
    if isinstance(value, tuple):
        for key, each in value:
            yield key
            yield from _leaves(each)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    elif value is not None:
        yield str(value)


def _in_graphml(text: str) -> Iterator[Iterator[str]]:
    """The texts between tags of each node and link, a link with what its ends are called.

    A tag that is not surely one of the format is text.
    """
    blocks = re.split(r"(?=<(?:node|edge) )", _PROLOGUE.sub("", text, count=1))
    named = {found[1]: html.unescape(found[2]) for each in blocks if (found := _NODE.match(each))}
    for each in blocks:
        pieces = (html.unescape(piece).strip() for piece in _TAG.split(each))
        ends = (named.get(one, "") for one in _ENDS.findall(each.partition(">")[0]))
        yield (piece for piece in (*ends, *pieces) if piece and not piece.isdecimal())
