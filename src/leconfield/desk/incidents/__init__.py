"""Incident rooms: when an attack breaks, names are traced as they come, and the answer of record says what was known.

A room is folded from entries about it, each under its own label. What an officer types or a stream brings is a message,
never a statement: names in it are looked for, and answered, in the view of whoever looks, and a person decides on each.
"""

from leconfield.desk.incidents.model import Incident
from leconfield.desk.incidents.record import AnswerOfRecord, answer_of_record
from leconfield.desk.incidents.service import open_incident, tell
from leconfield.desk.incidents.state import Incidents, everything, incident_in

__all__ = [
    "AnswerOfRecord",
    "Incident",
    "Incidents",
    "answer_of_record",
    "everything",
    "incident_in",
    "open_incident",
    "tell",
]
