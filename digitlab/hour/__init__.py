"""The guided hour: eight cards, each with a prediction, one action, and what came of it.

A card is done when the learner has said what they expect, and has then done what it asks for: the
page that shows the result says so (`HourProgress.saw`). Its words are in `wording/hour`.
"""

from digitlab.hour.cards import CARDS, MINUTES, Card, card
from digitlab.hour.progress import HourProgress, Observation

__all__ = ["CARDS", "MINUTES", "Card", "HourProgress", "Observation", "card"]
