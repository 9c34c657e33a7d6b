"""Investigations: what is followed, with what priority, by whom, on which hypotheses, actions and decisions.

An investigation is folded from entries about it, each under its own label, so that two readers may see two cases of
one: a hypothesis, a link or an action that rests on what a reader may not know is not there for him.
"""

from leconfield.desk.investigations.model import Investigation
from leconfield.desk.investigations.service import open_investigation
from leconfield.desk.investigations.state import Investigations, having, investigation_in, open_in

__all__ = ["Investigation", "Investigations", "having", "investigation_in", "open_in", "open_investigation"]
