"""Typologies: described kinds of threat, as data; scores that cannot know what is protected; back-tests."""

from leconfield.desk.typologies.model import Indicator, Typology, Version
from leconfield.desk.typologies.scorable import Scorable, scorable_facts
from leconfield.desk.typologies.scores import Scores
from leconfield.desk.typologies.scoring import Score, score

__all__ = ["Indicator", "Scorable", "Score", "Scores", "Typology", "Version", "scorable_facts", "score"]
