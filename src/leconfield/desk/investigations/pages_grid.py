"""The weekly grid: as a page, and as a PDF to be printed across A4 or A3."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from leconfield.desk.investigations.grid import grid_of
from leconfield.desk.investigations.pages_case import clock_of
from leconfield.desk.investigations.papers import grid_paper
from leconfield.printing import pdf
from leconfield.printing.model import A3, A4
from leconfield.web.downloads import download
from leconfield.web.visit import Visit

SIZES: Final = (A4, A3)


def grid(visit: Visit) -> Response:
    """The highest-risk investigations of the week that ends at the view's moment."""
    view = visit.view("grid")
    made = grid_of(view)
    clocks = {each.id: clock_of(each, view.moment) for square in made.squares for each in square.due}
    return visit.page("desk/grid.html", grid=made, clocks=clocks, sizes=SIZES)


def printed(visit: Visit) -> Response:
    """The same as a PDF."""
    view = visit.view("grid, printed")
    size = visit.asked("size", A4)
    file = pdf(grid_paper(view, grid_of(view), size if size in SIZES else A4))
    return download(file, "grid.pdf")
