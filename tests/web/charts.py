"""A page with a chart of any size, and how long the browser takes over it: for the tests and the benchmark."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from playwright.sync_api import Browser, CDPSession, Page

from leconfield.web import kit
from tests.web.browser import Site, serving

SCHEMATA = ("Person", "Person", "Person", "Organization", "Address", "Vehicle", "Phone", "Event")
PROPS = (("associate", "associate of"), ("met", "met"), ("called", "called"), ("owner", "owns"))
READY = "[data-island=chart][data-settled=yes]"

WATCH = """
window.frames_ = [];
const plain = window.requestAnimationFrame.bind(window);
let stamp = -1;
window.requestAnimationFrame = (act) => plain((now) => {
  const begun = performance.now();
  try { act(now); } finally {
    const took = performance.now() - begun;
    if (now === stamp) window.frames_[window.frames_.length - 1] += took; else window.frames_.push(took);
    stamp = now;
  }
});
"""


def network(nodes: int, links: int, seed: int = 7) -> dict[str, object]:
    """A made-up network in which some are far better known than others; links over two years."""
    chance = random.Random(seed)
    people = [
        {
            "id": f"{at:06x}",
            "label": f"Subject {at:,}",
            "schema": chance.choice(SCHEMATA),
            "standing": "text" if chance.random() < 0.3 else "registered",
            "reports": 1 + int(40 * chance.random() ** 6),
            "origins": 1,
        }
        for at in range(nodes)
    ]
    made: dict[str, dict[str, object]] = {}
    while len(made) < links:
        right = 1 + len(made) % (nodes - 1) if len(made) < nodes - 1 else chance.randrange(1, nodes)
        left = min(right - 1, int(right * chance.random() ** 3))
        prop, words = chance.choice(PROPS)
        link = _link(f"{left:06x}", f"{right:06x}", prop, words, chance)
        made[str(link["id"])] = link
    return {"banner": "SECRET", "made": "", "asked": [], "nodes": people, "links": list(made.values()), "leftOut": 0}


def _link(left: str, right: str, prop: str, words: str, chance: random.Random) -> dict[str, object]:
    day = f"19{88 + chance.randrange(2)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    return {
        "id": f"{left}~{prop}~{right}",
        "source": left,
        "target": right,
        "prop": prop,
        "words": words,
        "reverse": words,
        "count": 1,
        "origins": chance.randint(1, 4),
        "denied": chance.random() < 0.02,
        "alleged": chance.random() < 0.15,
        "first": day,
        "last": day,
        "moments": [day],
    }


def page_of(ids: str = "000000") -> str:
    """The chart's page without its table."""
    script, style = kit.asset("app.js"), kit.asset("app.css")
    return f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Chart</title>
<meta name="htmx-config" content='{{"includeIndicatorStyles": false, "allowEval": false}}'>
<link rel="stylesheet" href="{style}"><script type="module" src="{script}"></script>
<section class="banner secret" aria-label="Classification">Secret</section>
<main class="main canvas-side"><section class="canvas"><h1>Chart</h1>
<section data-island="chart" data-src="/chart/data?ids={ids}" aria-label="Network chart"></section></section>
<aside class="side" data-chart-panel><h2>Selection</h2></aside></main></html>"""


def around(which: str, new: int) -> tuple[dict[str, object], dict[str, object]]:
    """What the server counts and answers when `which` is expanded: so many new subjects."""
    chance = random.Random(which)
    fresh = [
        {"id": f"new{at}", "label": f"New {at}", "schema": "Person", "standing": "text", "reports": 1, "origins": 1}
        for at in range(new)
    ]
    links = [_link(which, str(each["id"]), "met", "met", chance) for each in fresh]
    groups = [{"prop": "met", "words": "met", "schema": "Person", "count": new}]
    return {"groups": groups}, {"nodes": fresh, "links": links}


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds, as the page's own clock has them."""

    first: float
    """From the data's last byte to the first picture, by the clock: what else runs on the machine counts."""
    work: float
    """The page's own processor time meanwhile."""
    frame: float
    """Script in a frame while the picture is dragged and zoomed: the page's own processor time, mean."""
    worst: float
    """95th percentile of script in a frame, by the clock: what else runs on the machine counts."""
    rate: float
    """Frames in a second meanwhile."""
    task: float
    """Processor time of the longest task, from opening the page until somebody has been expanded."""
    expand: float
    """From asking for what is around a subject until it is drawn."""


@contextmanager
def charted(nodes: int, links: int) -> Iterator[Site]:
    """A site with one chart of so many."""
    counts, expanded = around("000000", 20)
    answers: dict[str, str | object] = {
        "/chart": page_of(),
        "/chart/data": network(nodes, links),
        "/chart/counts": counts,
        "/chart/expand": expanded,
        "/chart/explain": "<h2>Selection</h2><p class='said'>What it rests on</p>",
    }
    with serving(answers) as site:
        yield site


def opened(browser: Browser, site: Site, patience: float = 90_000) -> Page:
    """The chart, settled."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(WATCH)
    page.goto(f"{site.url}/chart")
    page.wait_for_selector(READY, timeout=patience)
    return page


def _script(metrics: CDPSession) -> float:
    """Milliseconds of processor time that the page's scripts have had."""
    said = metrics.send("Performance.getMetrics")["metrics"]
    return next(1000 * float(each["value"]) for each in said if each["name"] == "ScriptDuration")


@dataclass(frozen=True, slots=True)
class Task:
    """One task of the page's main thread; microseconds."""

    begun: float
    processor: float


def _tasks(trace: bytes) -> tuple[list[Task], dict[str, float]]:
    """The tasks of whatever page had most, and when each mark was set."""
    events = json.loads(trace)["traceEvents"]
    mains = {(e["pid"], e["tid"]) for e in events if e["name"] == "thread_name" and "RendererMain" in e["args"]["name"]}
    marks = {e["name"]: float(e["ts"]) for e in events if "user_timing" in e["cat"] and e["name"].startswith("chart ")}
    tasks = [
        Task(float(e["ts"]), float(e.get("tdur", 0)))
        for e in events
        if e["name"] == "RunTask" and (e["pid"], e["tid"]) in mains
    ]
    return tasks, marks


def figures(browser: Browser, site: Site) -> Figures:
    """Open the chart, move it about and expand somebody, with every task on record."""
    browser.start_tracing(
        categories=["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"]
    )
    page = opened(browser, site)
    moved = measured(page)
    tasks, marks = _tasks(browser.stop_tracing())
    page.close()
    drawn, came = marks["chart drawn"], marks["chart drawn"] - 1000 * moved.first
    work = sum(each.processor for each in tasks if came <= each.begun <= drawn)
    return replace(moved, work=work / 1000, task=max(each.processor for each in tasks) / 1000)


def measured(page: Page) -> Figures:
    """Move the chart about as a hand would, and read the figures off the page; tasks are not among them."""
    first = page.evaluate(
        """() => performance.getEntriesByName("chart drawn")[0].startTime -
        performance.getEntriesByType("resource").find((each) => each.name.includes("/chart/data")).responseEnd"""
    )
    box = page.locator(".island-canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    metrics = page.context.new_cdp_session(page)
    metrics.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.evaluate("() => { window.frames_ = []; window.begun_ = performance.now(); }")
    before = _script(metrics)
    page.mouse.move(x - 300, y - 200)
    page.mouse.down()
    for step in range(40):
        page.mouse.move(x - 300 + 6 * step, y - 200 + 3 * step)
    page.mouse.up()
    for _ in range(6):
        page.mouse.wheel(0, -120)
        page.wait_for_timeout(120)
    script = _script(metrics) - before
    frames, spent = page.evaluate("() => [window.frames_.sort((a, b) => a - b), performance.now() - window.begun_]")
    page.keyboard.press("f")
    page.focus(".island-canvas")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("e")
    page.wait_for_function("() => performance.getEntriesByName('chart expanded').length")
    expand = page.evaluate("() => performance.getEntriesByName('chart expanded')[0].duration")
    return Figures(
        first=first,
        frame=script / len(frames),
        worst=frames[int(len(frames) * 0.95)],
        rate=1000 * len(frames) / spent,
        work=0,
        task=0,
        expand=expand,
    )
