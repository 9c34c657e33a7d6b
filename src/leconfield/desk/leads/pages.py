"""Officers' pages of triage: the queue, the leads, what was decided, and the hand-over."""

from __future__ import annotations

from typing import Final

from leconfield.desk.leads import pages_lead, pages_log, pages_queue
from leconfield.web.kit import Room
from leconfield.web.visit import get, post

ROOMS: Final = (Room("l", "Leads", "/leads"),)
ROUTES: Final = [
    get("/leads", pages_queue.queue),
    get("/leads/list", pages_lead.leads),
    get("/leads/decided", pages_log.decided),
    get("/leads/hand-over", pages_log.hand_over),
    get("/leads/{lead}", pages_lead.lead),
    get("/leads/{lead}/score", pages_lead.scoring),
    post("/leads/triage", pages_queue.decide),
    post("/leads/undo", pages_queue.undo),
    post("/leads/{lead}/score", pages_lead.score_it),
    post("/leads/{lead}/owner", pages_lead.take),
    post("/leads/{lead}/step", pages_lead.set_step),
    post("/leads/{lead}/link", pages_lead.link),
    post("/leads/{lead}/investigate", pages_lead.investigate),
    post("/leads/{lead}/close", pages_lead.close),
    post("/leads/{lead}/reopen", pages_lead.reopen),
]
