"""Commands of the network: a subject's surroundings as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leconfield.console import AsOf, AsWhom, DeskFolder, asking, out
from leconfield.network import service


def network(
    which: Annotated[str, typer.Argument(metavar="ID", help="A subject's id, as trace and show print it.")],
    desk: DeskFolder,
    whom: AsWhom,
    target: Annotated[Path, typer.Option("--out", help="FILE.graphml, FILE.gexf, FILE.csv or FILE.json")],
    hops: Annotated[int, typer.Option(help="How many links away.")] = 1,
    as_of: AsOf = "",
    since: Annotated[str, typer.Option(help="Only links that may have held since then, e.g. 1989-03.")] = "",
    until: Annotated[str, typer.Option(help="Only links that may have held until then.")] = "",
    together: Annotated[bool, typer.Option("--together", help="Also who is merely named together.")] = False,
    limit: Annotated[int, typer.Option(help="Most subjects to write.")] = 5000,
) -> None:
    """Write the network around a subject."""
    with asking(desk, whom, as_of, "export network", which) as view:
        wanted = service.chosen(since=since, until=until, together=together)
        picture = service.picture_of(view, [which], hops, wanted, limit)
        content, _ = service.written(view, picture, target.suffix.lstrip(".").lower())
    target.write_bytes(content)
    out.print(f"{len(picture.nodes):,} subjects and {len(picture.links):,} links are in {target}.")
    if picture.left_out:
        out.print(f"{picture.left_out:,} more subjects were left out by the limit; raise --limit for them.")
