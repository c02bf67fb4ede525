"""What the pages are called."""

from typing import Final

from digitlab.wording.say import Message, say_message, to_say

PAGE_TITLES: Final[dict[str, Message]] = {
    "Start": to_say("Start"),
    "Data": to_say("Data"),
    "Prepare": to_say("Prepare"),
    "Network": to_say("Network"),
    "Learn": to_say("Learn"),
    "Train": to_say("Train"),
    "Evaluate": to_say("Evaluate"),
    "Predict": to_say("Predict"),
    "Draw": to_say("Draw"),
    "Look inside": to_say("Look inside"),
    "Replay": to_say("Replay"),
    "Luck": to_say("Luck"),
    "Choose": to_say("Choose"),
    "Robustness": to_say("Robustness"),
    "Ablations": to_say("Ablations"),
    "Then and now": to_say("Then and now"),
    "Guided hour": to_say("Guided hour"),
    "What next": to_say("What next"),
    "Runs": to_say("Runs"),
    "For teachers": to_say("For teachers"),
}
"""Of each page, by its name, which addresses and the code have: English in every language."""


def page_title(name: str) -> str:
    """What the page with this name is called, in the language that is spoken."""
    return say_message(PAGE_TITLES[name])
