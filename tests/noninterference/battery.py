"""Every read of the Python API through views, with every small argument: what one reader can find out.

A transcript is a list of (question, answer). Two desks that differ only in what the reader may not see must give equal
transcripts, and so equal bytes (`written_out`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from leconfield.desk.interest import standing, watch_rules
from leconfield.desk.interest.state import everybody, interest_in
from leconfield.errors import LeconfieldError
from leconfield.intake.ftm.writing import of_statements, write_ftm
from leconfield.intake.search import folded, search
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question, Reader, SubjectId
from leconfield.ledger.provenance import confidence, critical, witnesses
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import NAMES, PROPERTIES
from leconfield.network import service as network
from leconfield.network.atlas import Atlas, incidents
from leconfield.network.centrality import measures
from leconfield.network.expansion import counts, expand, find_link, whole
from leconfield.network.exports import Heading
from leconfield.network.model import Filter
from leconfield.network.routes import paths
from leconfield.registry import chips, links, service
from leconfield.registry.history import History
from leconfield.registry.identifiers import identifier
from leconfield.registry.mentions import KnownNames, occurrences
from leconfield.registry.query import parse_query
from leconfield.registry.records import Records
from leconfield.registry.resolution import Partition
from leconfield.registry.trace import TraceIndex, trace
from tests.noninterference import cases, court, covert, gating, partners, rooms, threats, triage, windowing
from tests.noninterference.acts import KARINA, Script, moment, subject_id
from tests.noninterference.resolving import resolution_asks
from tests.noninterference.worlds import PHONES

Transcript = list[tuple[str, object]]
Ask = tuple[str, Callable[[], object]]
NOBODY = "f" * 32
"""An id under which nothing has ever stood."""


@dataclass(frozen=True, slots=True)
class Small:
    """Every small argument that is worth asking with: out of both sides' scripts, so the same on every desk."""

    reports: tuple[str, ...]
    subjects: tuple[str, ...]
    statements: tuple[str, ...]
    """Ids of hidden statements, and one that never was."""
    values: tuple[str, ...]
    names: tuple[str, ...]
    words: tuple[str, ...]
    texts: tuple[str, ...]
    digests: tuple[str, ...] = ()
    covert: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids of agents, operations and authorities, by the part of an address that they stand in."""

    @property
    def records(self) -> tuple[SubjectId, ...]:
        return tuple(SubjectId(each) for each in self.subjects)


def small(scripts: Iterable[Script], hidden: Iterable[str] = ()) -> Small:
    """The small arguments of these scripts; `hidden` are further ids that a low reader might guess at."""
    acts = [act for script in scripts for act in script]
    said = [each for act in acts for each in (*act.said, *act.secrets)]
    papers = [act for act in acts if act.paper]
    texts = dict.fromkeys(act.paper.text for act in papers if act.paper)
    keys = {each.subject for each in said} | {each.value for each in said if each.link}
    words = {word for text in texts for word in folded(text).replace(".", " ").split()} | {"meet", "sighting"}
    return Small(
        reports=(*sorted({act.report_id for act in papers}), NOBODY),
        subjects=(*sorted(subject_id(each) for each in keys), NOBODY),
        statements=(*sorted(hidden), NOBODY),
        values=tuple(sorted({each.value for each in said if not each.link})),
        names=tuple(sorted({each.value for each in said if each.prop in ("name", "alias", "weakAlias")})),
        words=tuple(sorted(words)),
        texts=tuple(texts),
    )


def hidden_ids(desk: Desk) -> set[str]:
    """The ids of every statement on the desk that bears a label the low side does not hold; read by the high side."""
    view = desk.view(KARINA, asking=Question("ids"))
    large = view.world.bulk
    return {*view.world.statements, *(each.id for each in large.with_value(_phone_keys()))}


def _phone_keys() -> list[str]:
    return [found.key for each in PHONES if (found := identifier("phone", each))]


def transcript(desk: Desk, reader: Reader, arguments: Small) -> Transcript:
    """What the reader is answered, now and as of a moment in the middle."""
    now = desk.view(reader, asking=Question("everything"))
    answers = _answered(asks(now, arguments))
    then = desk.view(reader, moment(20), asking=Question("everything"))
    answers += [(f"{name}, then", said) for name, said in _answered(past_asks(then, arguments))]
    return answers


def _answered(asked: Iterable[tuple[str, Callable[[], object]]]) -> Transcript:
    """The answers; a desk that cannot even be asked on has crashed."""
    answers: Transcript = []
    try:
        answers.extend((name, answer(ask)) for name, ask in asked)
    except Exception as error:  # noqa: BLE001 - whatever a desk says may tell
        answers.append(("asking on", ("crash", type(error).__name__, str(error))))
    return answers


def answer(ask: Callable[[], object]) -> object:
    """The answer, or the words of the refusal. Anything else that is raised is an answer, too: a leak, or a fault."""
    try:
        return ask()
    except LeconfieldError as error:
        return "refused", type(error).__name__, str(error)
    except Exception as error:  # noqa: BLE001 - whatever a desk says may tell
        return "crash", type(error).__name__, str(error)


def crashes(answers: Transcript) -> list[tuple[str, object]]:
    """Answers that are none: something unforeseen was raised, or a page says so (status 500)."""
    return [each for each in answers if isinstance(each[1], tuple) and each[1][:1] in (("crash",), (500,))]


def difference(one: Transcript, other: Transcript) -> str:
    """The first question on which two transcripts differ; empty if there is none."""
    if one == other:
        return ""
    for (asked, said), (asked_too, said_too) in zip(one, other, strict=False):
        if asked != asked_too or said != said_too:
            return f"{asked}\n  {said!r}\n  {said_too!r}"
    return f"{len(one)} answers and {len(other)}"


def written_out(answers: Transcript) -> bytes:
    """The transcript as bytes."""
    return "\n".join(f"{asked}: {said!r}" for asked, said in answers).encode("utf-8", "surrogatepass")


def asks(view: View, ask: Small) -> Iterator[Ask]:
    """Every question about the present."""
    yield from _ledger(view, ask)
    yield from _searches(view, ask)
    yield from _traces(view, ask)
    yield from _registry(view, ask)
    yield from resolution_asks(view, ask.records)
    yield from _network(view, ask)
    yield from triage.asks(view, ask.reports)
    yield from threats.asks(view)
    yield from partners.asks(view)
    yield from cases.asks(view, ask.subjects, ask.reports)
    yield from court.asks(view, ask.texts)
    yield from rooms.asks(view)
    yield from covert.asks(view)
    yield from gating.asks(view)
    yield from windowing.asks(view)
    yield from _files(view, ask)
    yield from _interests(view, ask)


def past_asks(view: View, ask: Small) -> Iterator[Ask]:
    """What is asked about the past: one of each kind."""
    yield "marking", lambda: view.marking
    yield "reports", view.reports
    yield "statements", view.statements
    yield "entries", view.entries
    yield "judgements", lambda: tuple(view.world.judgements)
    yield "subjects", lambda: view.derived(Partition).subjects()
    yield "joined and split", lambda: tuple(view.derived(History).events)
    yield "lessons", view.derived(Partition).scale.learned.lessons
    yield "whole", lambda: whole(network.graph_of(view))
    yield from _interests(view, ask)
    for name in ask.names[:2]:
        yield f"trace {name}", lambda name=name: trace(view.world, parse_query(name))  # type: ignore[misc]
    for word in ask.words[:2]:
        yield f"search {word}", lambda word=word: search(view, word)  # type: ignore[misc]


def _ledger(view: View, ask: Small) -> Iterator[Ask]:
    yield "marking", lambda: view.marking
    yield "reports", view.reports
    yield "statements", view.statements
    yield "entries", view.entries
    yield "judgements", lambda: tuple(view.world.judgements)
    yield "last judgement", lambda: service.last_judgement(view)
    for each in ask.reports:
        yield f"report {each}", lambda each=each: view.report(each)  # type: ignore[misc]
        yield f"original {each}", lambda each=each: view.original(each)  # type: ignore[misc]
        yield f"said in {each}", lambda each=each: view.statements(report=each)  # type: ignore[misc]
    for each in ask.subjects:
        yield f"said of {each}", lambda each=each: view.statements(subject=each)  # type: ignore[misc]
        yield f"entries on {each}", lambda each=each: view.entries(about=each)  # type: ignore[misc]
    for each in ask.statements:
        yield f"statement {each}", lambda each=each: view.statement(each)  # type: ignore[misc]
    for each in (*ask.values, *ask.subjects):
        yield f"pointing at {each}", lambda each=each: view.pointing_at(each)  # type: ignore[misc]
    for each in ("name", "phone", "associate"):
        yield f"all {each}", lambda each=each: view.statements(prop=each)  # type: ignore[misc]
    for each in ("filed", "registered", "recorded", "judged", "quarantined", "enrolled", "sign-in refused"):
        yield f"entries of kind {each}", lambda each=each: view.entries(kind=each)  # type: ignore[misc]
    large = view.world.bulk
    yield "large tables", lambda: (large.loaded, large.count(), large.with_value(["cassell ray"], NAMES))
    yield "phones in large tables", lambda: large.with_value(_phone_keys())
    yield "properties in use", lambda: sorted({each.prop for each in view.statements()} & set(PROPERTIES))


def _searches(view: View, ask: Small) -> Iterator[Ask]:
    queries = [
        *ask.words,
        *ask.names,
        *(f"{word[:2]}*" for word in ask.words),
        '"mill lane"',
        "*",
        "",
        "ray -cassell",
        "cassel",
    ]
    for words in dict.fromkeys(queries):
        yield f"search {words}", lambda words=words: search(view, words)  # type: ignore[misc]
    for words in ("m*", "was", "mill"):
        yield f"best for {words}", lambda words=words: search(view, words, limit=1)  # type: ignore[misc]


def _traces(view: View, ask: Small) -> Iterator[Ask]:
    odd = ("", "???", "0111", "+4477009001", "ab12", "John Smith born 1990-02-03", "cassell ray, mill lane", "Касселл")
    known = [each for each in ask.values if each not in ask.names]
    for words in dict.fromkeys((*ask.names, *known, *odd)):
        yield f"trace {words}", lambda words=words: trace(view.world, parse_query(words))  # type: ignore[misc]
    index = view.derived(TraceIndex)
    for words in dict.fromkeys((*(folded(each)[:2] for each in ask.names), "r", "c", "ray c", "х")):
        yield f"typing {words}", lambda words=words: index.suggest(words, 2)  # type: ignore[misc]


def _registry(view: View, ask: Small) -> Iterator[Ask]:
    partition = view.derived(Partition)
    yield "subjects", partition.subjects
    yield "proposals", partition.proposals
    yield "records", lambda: sorted(view.derived(Records).by_id.items())
    for each in ask.records:
        yield f"subject {each}", lambda each=each: partition.subject(each)  # type: ignore[misc]
    for one in partition.subjects():
        yield f"why {one.id} is one", lambda one=one: partition.links_of(one)  # type: ignore[misc]
        yield f"who {one.id} may be", lambda one=one: partition.proposals(one)  # type: ignore[misc]
        yield f"records of {one.id}", lambda one=one: partition.records_of(one)  # type: ignore[misc]
        yield f"keys of {one.id}", lambda one=one: [links.keys_of(each) for each in partition.records_of(one)]  # type: ignore[misc]
        yield f"where {one.id} occurs", lambda one=one: occurrences(view.world, one)  # type: ignore[misc]
        yield f"chip of {one.id}", lambda one=one: chips.chip(view, one)  # type: ignore[misc]
        yield f"rows of {one.id}", lambda one=one: (chips.rows_of(view, one), chips.reverse_rows_of(view, one))  # type: ignore[misc]
    for text in ask.texts:
        yield f"known in {text}", lambda text=text: view.derived(KnownNames).known_in(text)  # type: ignore[misc]


def _network(view: View, ask: Small) -> Iterator[Ask]:
    graph = network.graph_of(view)
    together = Filter(together=True)
    yield "whole", lambda: whole(graph)
    yield "whole, the first two", lambda: whole(graph, limit=2)
    yield "whole, in February", lambda: whole(graph, Filter(since="2026-02-01", until="2026-02-28"))
    yield "measures", lambda: measures(whole(graph, together))
    for each in ask.records:
        yield f"counts at {each}", lambda each=each: counts(graph, each, together)  # type: ignore[misc]
        yield f"around {each}", lambda each=each: expand(graph, [each], 2)  # type: ignore[misc]
        yield f"near {each}", lambda each=each: expand(graph, [each], 1, together, limit=2)  # type: ignore[misc]
    for one, other in combinations(ask.records[:-1], 2):
        yield f"paths {one} {other}", lambda one=one, other=other: paths(graph, one, other)  # type: ignore[misc]
        link = f"{one}~associate~{other}"
        yield f"link {link}", lambda link=link: find_link(graph, link)  # type: ignore[misc]
    yield "spots", lambda: view.derived(Atlas).spots()
    yield "incidents", lambda: incidents(view.world)
    for each_link in whole(graph).links:
        origin = each_link.provenance
        yield f"rests on, {each_link.id}", lambda origin=origin: (witnesses(origin), sorted(critical(origin)))  # type: ignore[misc]
        yield f"sure of {each_link.id}", lambda origin=origin: confidence(origin, dict.fromkeys(origin.inputs, 0.5))  # type: ignore[misc]


def _files(view: View, ask: Small) -> Iterator[Ask]:
    picture = network.presented(whole(network.graph_of(view), Filter(together=True)))
    for ending in sorted(network.FORMATS):
        yield f"export {ending}", lambda ending=ending: network.written(view, picture, ending)  # type: ignore[misc]
    yield "export nothing", lambda: network.written(view, picture, "doc")
    yield "follow the money", lambda: list(write_ftm(*of_statements(view.statements())))
    yield "heading", lambda: Heading(view.marking.words, "").words
    del ask


def _interests(view: View, ask: Small) -> Iterator[Ask]:
    yield "subjects of interest", lambda: everybody(view)
    yield "raised by closed subjects", lambda: standing.raised(view)
    yield "raised by rules", lambda: watch_rules.raised(view)
    for each in ask.records:
        yield f"interest in {each}", lambda each=each: interest_in(view, each, (each,))  # type: ignore[misc]
