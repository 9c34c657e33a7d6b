"""A staff register of 400 invented people."""

from __future__ import annotations

from random import Random

TEAMS = ("north desk", "south desk", "ports", "money", "languages", "duty line")
POSTS = ("agent runner", "investigator", "analyst", "linguist", "surveillance officer", "engineer")
JOBS = (
    "teacher",
    "nurse",
    "accountant",
    "army officer",
    "postman",
    "chef",
    "civil servant",
    "journalist",
    "student",
    "lecturer",
)
TOWNS = ("Leeds", "Cardiff", "Glasgow", "Norwich", "Bristol", "Luton", "Belfast", "Plymouth")
LANGUAGES = ("French", "Arabic", "Russian", "Urdu", "Mandarin", "")
HOBBIES = ("choir", "cello", "allotment", "running", "chess", "baking", "football", "pottery")


def table(count: int = 400, seed: int = 1) -> str:
    """The register as CSV; everybody in it is invented."""
    random = Random(seed)
    lines = ["name,sex,born,joined,occupation,town,language,hobby,children,team,post"]
    for number in range(count):
        born = random.randint(1962, 2002)
        facts = (
            f"member {number}",
            random.choice(("female", "male")),
            born,
            random.randint(max(1990, born + 21), 2025),
            random.choice(JOBS),
            random.choice(TOWNS),
            random.choice(LANGUAGES),
            random.choice(HOBBIES),
            random.choice((0, 0, 1, 2, 2, 3)),
            random.choice(TEAMS),
            random.choice(POSTS),
        )
        lines.append(",".join(map(str, facts)))
    return "\n".join(lines)
