"""The investigators' desk: triage and leads, typologies, subjects of interest, investigations, incidents, evidence.

Each part has the shape of a department: `model`, `rules`, `service`, `pages`. What a part raises for a person to decide
is a `Suggestion`, computed in the view of whoever looks; what a person decides is an entry.
"""

from leconfield.desk.suggestions import Raiser, Reason, Suggestion, suggestions

__all__ = ["Raiser", "Reason", "Suggestion", "suggestions"]
