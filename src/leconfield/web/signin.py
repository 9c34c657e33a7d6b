"""Signing in and out, and what I may see."""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from leconfield.errors import RefusedError
from leconfield.web.sessions import COOKIE
from leconfield.web.visit import House, Visit, form_of, get, local, post


async def sign_in(request: Request) -> Response:
    """The form, and what becomes of it. It acts for nobody yet, so it carries no session token."""
    house: House = request.app.state.house
    form = await form_of(request) if request.method == "POST" else FormData()
    visit = Visit(request, house, None, form)
    return await run_in_threadpool(_sign_in, visit)


def _sign_in(visit: Visit) -> Response:
    onward = local(visit.filled("onward") or visit.asked("onward") or "/")
    if visit.request.method == "GET":
        return visit.page("signin.html", onward=onward, name="", fault="")
    name = visit.filled("name").strip().lower()
    brake = visit.house.sessions.brake
    try:
        brake.check(name)
        visit.desk.sign_in(name, visit.filled("password"))
    except RefusedError as error:
        brake.note(name, right=False)
        return visit.page("signin.html", HTTPStatus.FORBIDDEN, onward=onward, name=name, fault=str(error))
    brake.note(name, right=True)
    response = RedirectResponse(onward, HTTPStatus.SEE_OTHER)
    secure = visit.request.url.scheme == "https"
    response.set_cookie(COOKIE, visit.house.sessions.start(name), httponly=True, samesite="strict", secure=secure)
    return response


def sign_out(visit: Visit) -> Response:
    """End the session."""
    visit.house.sessions.end(visit.request.cookies.get(COOKIE))
    response = RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
    response.delete_cookie(COOKIE)
    response.delete_cookie("as_of")
    return response


def me(visit: Visit) -> Response:
    """Who am I, what may I see: counts of what is visible, by label."""
    view = visit.view("what may I see")
    reports = Counter(view.label_of(each.label) for each in view.world.reports.values())
    statements = Counter(view.label_of(each.label) for each in view.world.statements.values())
    rows = [(label, reports[label], statements[label]) for label in sorted({*reports, *statements})]
    return visit.page("me.html", reader=view.reader, marking=view.marking, rows=rows)


ROUTES = [
    Route("/sign-in", sign_in, methods=["GET", "POST"]),
    post("/sign-out", sign_out),
    get("/me", me),
]
