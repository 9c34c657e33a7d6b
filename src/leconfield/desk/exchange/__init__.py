"""Exchange: what goes to partners and comes from them, in formats that they read too.

What goes out is what a partner may hold of what an officer may see, under ids made for that partner alone; it leaves
by the gate, with a receipt. What comes in becomes one report with statements, each with a grade and a label that an
officer has looked at.
"""

from leconfield.desk.exchange.model import Receipt
from leconfield.desk.exchange.selection import Selection, selected
from leconfield.desk.exchange.service import Ready, ready, save_mapping, take_in
from leconfield.desk.exchange.state import Receipts

__all__ = ["Ready", "Receipt", "Receipts", "Selection", "ready", "save_mapping", "selected", "take_in"]
