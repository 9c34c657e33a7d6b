"""Evidence and disclosure: exhibits and who held them, unused material and its schedules, documents rebuilt.

Intercept material is a class of its own: it is no exhibit, it is not assessed, and no schedule can be made of it, for
a schedule takes `Disclosable` values alone and only `disclosable` makes one.
"""

from leconfield.desk.evidence.disclosable import Disclosable, InterceptError, disclosable
from leconfield.desk.evidence.model import CaseFile, Exhibit, Issue
from leconfield.desk.evidence.state import CaseFiles, case_file_of
from leconfield.desk.evidence.wording import Check, Finding, checked_also_by, first_check

__all__ = [
    "CaseFile",
    "CaseFiles",
    "Check",
    "Disclosable",
    "Exhibit",
    "Finding",
    "InterceptError",
    "Issue",
    "case_file_of",
    "checked_also_by",
    "disclosable",
    "first_check",
]
