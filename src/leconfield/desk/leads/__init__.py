"""Point of entry and triage: one queue of everything undecided, four decisions, and leads with their RCAP scores.

Scores and weights only propose; a named person decides, one item at a time, with a reason in his own words.
"""

from leconfield.desk.leads.model import Decision, Item, Lead, Score
from leconfield.desk.leads.queue import waiting
from leconfield.desk.leads.service import close_lead, open_lead, reopen_lead, score, triage
from leconfield.desk.leads.state import Leads, Triage

__all__ = [
    "Decision",
    "Item",
    "Lead",
    "Leads",
    "Score",
    "Triage",
    "close_lead",
    "open_lead",
    "reopen_lead",
    "score",
    "triage",
    "waiting",
]
