"""Draws the staff register of Operation SEQUIN: 400 invented people, from a seed; the same seed gives the same file.

    python tools/draw_staff.py examples/sequin/staff.csv

Nobody in it exists. First names and surnames are common ones of the country as it is, put together by chance, and no
surname of the story is among them. The officers of the story stand among the rest (`OFFICERS`).
"""

from __future__ import annotations

import csv
import io
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

SEED: Final = 1959
PEOPLE: Final = 400
COLUMNS: Final = (
    *("name", "occupation", "joined", "born", "town", "language", "hobby", "case"),
    *("sex", "children", "team", "post"),
)
THIS_YEAR: Final = 2026
AIRPORT: Final = 2016
"""When more than half of the house worked on one trial."""

FEMALE: Final = """Abigail Aisha Alison Amara Amelia Angela Anjali Anwen Ayesha Bethan Bridget Caroline Catriona Chloe
Claire Danuta Deborah Dilys Eilidh Eleanor Elspeth Farah Fatima Folake Frances Gemma Grace Harriet Helen Imogen
Jasmin Joanna Julie Kavita Kirsty Layla Leanne Lucy Maeve Mairead Megan Meera Nadia Naomi Nia Niamh Olivia Parveen Paula
Priya Rachel Rhiannon Rosalind Ruby Sadia Samina Sarah Sheila Shanice Sunita Tanisha Tracey Ursula Valerie Wendy
Yasmin Zainab Zara"""
MALE: Final = """Aaron Abdul Adam Adeyemi Alan Alastair Alun Anil Arjun Barry Ben Brendan Callum Carl Colin Conor Craig
Daniel Darren David Dev Dominik Douglas Duncan Dylan Edward Emeka Ewan Faisal Fergus Gavin Geraint Graham Hamish Hassan
Hugh Ian Imran Ivor Jack Jamal James Kenneth Kofi Kwame Leon Liam Luke Malcolm Martin Mohammed Nathan Neil Nikhil
Oliver Omar Patrick Paul Peter Piotr Rajesh Ravinder Rhys Richard Ross Samuel Sanjay Simon Stephen Stuart Tariq
Timothy Usman Victor Wayne William Yusuf"""
SURNAMES: Final = """
Abbott Adebayo Ahmed Akhtar Allen Anderson Appleby Armitage Bailey Banerjee Barnes Begum Bevan Blair
Booth Bowen Boyle Brennan Brook Bryant Burgess Byrne Cameron Chaudhry Chapman Clarke Coleman Collins Cox Crawford
Dalgleish Davies Dawson Desai Dixon Doherty Donnelly Duffy Dunn Edwards Evans Farrell Ferguson Fletcher Forbes
Francis Fraser Gallagher Gill Gordon Grant Greenwood Gupta Gwynne Hamilton Hargest Harris Haughton Hayes Hewitt Hill
Holland Hughes Hunt Hussein Ibrahim Jackson Jarvis Jenkins Johal Joyce Kaur Kavanagh Kelly Khatun Kowalska Lamb Lewis
Lloyd Lynch Mackay Maguire Malik Mason McBride McKenna Mehta Miller Mistry Morgan Morris Moyo Murphy Murray
Nandi Naylor Nicholls Nowak Nwosu Oduya Palmer Parry Patel Pearson Phillips Porter Powell Pugh Quigley Rahman Reid
Reynolds Rice Roberts Robson Rowlands Russell Sandhu Saunders Sharma Shaw Siddiqui Sinclair Singh Skelton Slater Stewart
Sullivan Sutton Taylor Thakur Thornton Tucker Turnbull Vaughan Wainwright Walker Walsh Watkins Webb Whelan Wilkinson
Wood Wright Yeates Zaman"""
Weighted = Mapping[str, int]
OCCUPATIONS: Final[Weighted] = {
    "student": 62, "teacher": 84, "soldier": 34, "police officer": 30, "civil servant": 28, "nurse": 28,
    "lawyer": 18, "journalist": 16, "accountant": 16, "engineer": 16, "bank clerk": 14, "shop manager": 12,
    "social worker": 12, "librarian": 8, "bus driver": 8, "translator": 8, "probation officer": 7, "paramedic": 6,
    "electrician": 6, "pharmacist": 5, "chef": 5, "actor": 4, "sailor": 5, "farmer": 4, "priest": 2, "musician": 3,
    "postman": 4, "joiner": 3, "beekeeper": 1, "archaeologist": 2,
}  # fmt: skip
TOWNS: Final[Weighted] = {
    "London": 84, "Leeds": 26, "Manchester": 30, "Birmingham": 28, "Glasgow": 18, "Cardiff": 16, "Bristol": 18,
    "Luton": 14, "Bedford": 10, "Hull": 12, "Sheffield": 14, "Newcastle upon Tyne": 12, "Liverpool": 14,
    "Nottingham": 12, "Edinburgh": 12, "Belfast": 12, "Cheltenham": 16, "Reading": 12, "Norwich": 8, "Ipswich": 8,
    "Swansea": 6, "Aberdeen": 5, "Plymouth": 6, "Exeter": 5, "York": 6, "Lincoln": 5, "Whitby": 2, "Aberystwyth": 2,
}  # fmt: skip
LANGUAGES: Final[Weighted] = {
    "French": 60, "German": 34, "Spanish": 34, "Urdu": 22, "Arabic": 20, "Russian": 20, "Polish": 14, "Welsh": 16,
    "Punjabi": 14, "Italian": 12, "Turkish": 8, "Persian": 8, "Bengali": 8, "Mandarin": 8, "Somali": 5,
    "Gaelic": 4, "Dutch": 4, "Bulgarian": 3, "Amharic": 2, "Finnish": 1,
}  # fmt: skip
HOBBIES: Final[Weighted] = {
    "walking": 66, "running": 40, "cooking": 36, "football": 34, "gardening": 34, "cycling": 30, "reading": 34,
    "choir singing": 18, "swimming": 20, "allotment": 14, "chess": 12, "knitting": 10, "climbing": 10,
    "amateur dramatics": 8, "birdwatching": 10, "sea fishing": 8, "pottery": 6, "bell-ringing": 3, "beekeeping": 3,
    "model railways": 4,
}  # fmt: skip
CASES: Final[Weighted] = {
    "lorry thefts": 34, "dock plot": 40, "airport trial": 34, "embassy inquiry": 36, "harbour inquiry": 24,
    "bank forgeries": 30, "parcel fires": 22, "missing archive": 8,
}  # fmt: skip
POSTS: Final[Weighted] = {
    "investigator": 92, "analyst": 70, "surveillance officer": 64, "agent runner": 34, "linguist": 30, "technician": 36,
    "vetting officer": 22, "trainer": 12, "legal adviser": 10, "archivist": 12, "press officer": 4, "controller": 8,
    "duty officer": 6,
}  # fmt: skip
TEAMS: Final = ("A1", "A2", "A3", "B1", "B2", "C1", "C2", "D1", "D4", "N1", "N2", "R1")
OFFICERS: Final = (
    "Callum Appleby,teacher,2014,1982,Leeds,French,walking,airport trial;dock plot,male,2,A3,agent runner",
    "Joanna Pugh,nurse,2010,1979,Bedford,Polish,beekeeping,lorry thefts,female,1,A1,investigator",
    "Farah Haughton,lawyer,2017,1987,London,Dutch;French,swimming,dock plot,female,0,A1,investigator",
    "Dilys Bowen,bus driver,2008,1974,Hull,Welsh,choir singing,harbour inquiry;dock plot,female,3,N1,agent runner",
    "Ivor Skelton,soldier,2005,1971,Newcastle upon Tyne,German,running,lorry thefts,male,2,D4,surveillance officer",
)
"""Those who speak outside under another name, as they truly are."""


def drawn(seed: int = SEED, people: int = PEOPLE) -> str:
    """The register as a CSV table."""
    dice = random.Random(f"staff {seed}")
    taken = {each.split(",", 1)[0] for each in OFFICERS}
    rows = [each.split(",") for each in OFFICERS]
    while len(rows) < people:
        row = _person(dice)
        if row[0] not in taken:
            taken.add(row[0])
            rows.append(row)
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sorted(rows))
    return table.getvalue()


def _person(dice: random.Random) -> list[str]:
    sex = dice.choice(("female", "male"))
    name = f"{dice.choice((FEMALE if sex == 'female' else MALE).split())} {dice.choice(SURNAMES.split())}"
    joined = max(THIS_YEAR - 1 - int(dice.expovariate(1 / 12)), 1986)
    occupation = _one(dice, OCCUPATIONS)
    before = dice.randint(0, 3) if occupation == "student" else 1 + int(dice.expovariate(1 / 7))
    born = max(joined - 21 - before, THIS_YEAR - 66)
    cases = _some(dice, CASES, (50, 38, 12), 2)
    if joined < AIRPORT and dice.random() < 0.6:
        cases = ";".join(dict.fromkeys(("airport trial", *filter(None, cases.split(";")))))
    children = dice.choices(range(5), (34, 18, 30, 14, 4))[0] if born < 1996 else 0
    facts = (_one(dice, TOWNS), _some(dice, LANGUAGES, (46, 40, 14), 2), _some(dice, HOBBIES, (0, 70, 30), 2), cases)
    inside = (dice.choice(TEAMS), _one(dice, POSTS))
    return [name, occupation, str(joined), str(born), *facts, sex, str(children), *inside]


def _one(dice: random.Random, values: Weighted) -> str:
    return dice.choices(tuple(values), tuple(values.values()))[0]


def _some(dice: random.Random, values: Weighted, how_many: Sequence[int], most: int) -> str:
    """None, one or two of the values, parted by `;`."""
    count = dice.choices(range(most + 1), how_many)[0]
    found: dict[str, None] = {}
    while len(found) < count:
        found[_one(dice, values)] = None
    return ";".join(found)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(drawn(), encoding="utf-8")
