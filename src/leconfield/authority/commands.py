"""Commands of authority: what there is, what is due, the central register. Steps are taken on the site, signed in."""

from __future__ import annotations

from typing import Annotated

import typer

from leconfield.authority import profile
from leconfield.authority.clocks import reminders, urgency
from leconfield.authority.register import register as register_of
from leconfield.authority.rules import standing
from leconfield.authority.state import authorities
from leconfield.console import AsJson, AsOf, AsWhom, DeskFolder, asking, out, print_json, print_marking, print_table
from leconfield.ledger.view import View

authority = typer.Typer(help="Authorities: what there is, what is due, the register.", no_args_is_help=True)


@authority.command("list")
def list_authorities(desk: DeskFolder, whom: AsWhom, as_of: AsOf = "", as_json: AsJson = False) -> None:
    """List the authorities that one may know of, those that end first on top."""
    with asking(desk, whom, as_of, "authorities", "") as view:
        rows = _rows(view)
        if as_json:
            print_json(rows)
            return
        print_marking(view)
        names = ("id", "kind", "stands", "until", "about", "due")
        print_table(names, ([row[name] for name in names] for row in rows))


def _rows(view: View) -> list[dict[str, str]]:
    law = profile.shipped()
    known = sorted(authorities(view).by_id.values(), key=lambda each: (each.until or "9999", each.id))
    rows = []
    for each in known:
        due = [
            one.what
            for one in reminders(each, law.kind(each.kind), view.moment)
            if urgency(one, view.moment) in ("due", "overdue")
        ]
        stands = standing(each, view.moment)
        row = {"id": each.id, "kind": each.kind, "stands": str(stands), "until": each.until[:16], "about": each.about}
        rows.append({**row, "due": ", ".join(due)})
    return rows


@authority.command()
def register(desk: DeskFolder, whom: AsWhom, as_of: AsOf = "", as_json: AsJson = False) -> None:
    """Print the central register: that there are authorities, by whom and until when; not what they say."""
    with asking(desk, whom, as_of, "central register of authorities", "") as view:
        rows = [
            {
                "id": each.authority,
                "kind": each.kind,
                "applicant": each.applicant,
                "began": each.began[:16],
                "stands": str(each.standing(view.moment)),
                "until": each.until[:16],
                "acts": str(each.acts),
            }
            for each in register_of(view)
        ]
        if as_json:
            print_json(rows)
            return
        print_marking(view)
        print_table(tuple(rows[0]) if rows else ("id",), (list(row.values()) for row in rows))


@authority.command()
def kinds(which: Annotated[str, typer.Argument(metavar="PROFILE", help="The profile.")] = "uk") -> None:
    """List the kinds of authority that a profile knows, who decides, and how long each lasts."""
    law = profile.shipped(which)
    out.print(law.name, soft_wrap=True)
    print_table(
        ("kind", "permits", "decides", "second lock", "lasts", "urgent", "review"),
        (
            (
                each.id,
                ", ".join(sorted(each.permits)),
                each.decides,
                each.approves,
                each.lasts,
                each.urgent,
                each.review,
            )
            for each in law.kinds.values()
        ),
    )
