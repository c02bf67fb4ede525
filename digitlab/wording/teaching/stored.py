"""What pupils see, and what is kept of them, in words with the limits of this server."""

from digitlab import limits
from digitlab.wording.numerals import whole
from digitlab.wording.say import say


def seen() -> list[str]:
    """What pupils see, and what nobody sees."""
    return [
        say(
            "Each pupil sees only their own networks, drawings and answers. Pupils do not see "
            "the work of others."
        ),
        say(
            "You do not see their work either. A pupil can show you the screen, the sheet, or "
            "the report of a network."
        ),
        say(
            "The page of a network has an address. A pupil can give it to somebody. That person "
            "sees the network, and can stop its training."
        ),
        say(
            "A code fixes the controls of its card. It is not a lock: a pupil can open the lab "
            "without it."
        ),
        say("Pupils can open this page too, and find the answers. Nothing is graded."),
    ]


def in_store(runs_page: str) -> list[str]:
    """What is in the database, and for how long.

    Args:
        runs_page: where a pupil deletes a run.
    """
    return [
        say(
            "**Each training**: its settings, its curves, the network, its answers to the test "
            "digits, the time, and a name if the pupil writes one. It stays until the pupil "
            "deletes it on {page}, or until the lab needs the space.",
            page=runs_page,
        ),
        say(
            "The lab keeps at most {runs} trainings and {megabytes} MB for one browser. For all "
            "browsers together it keeps at most {store} MB.",
            runs=whole(limits.MAX_RUNS_PER_OWNER),
            megabytes=whole(limits.MAX_MEGABYTES_PER_OWNER),
            store=whole(limits.MAX_STORE_MEGABYTES),
        ),
        say(
            "**The networks that took the exam**: for {days} days.",
            days=whole(limits.EXAMS_KEPT_DAYS),
        ),
        say(
            "**Your codes**, and what they open: for {days} days. They hold nothing about pupils.",
            days=whole(limits.SHORT_LINKS_KEPT_DAYS),
        ),
        say(
            "**How many trainings of a browser the lab removed**: for {days} days, to tell the "
            "pupil.",
            days=whole(limits.TOLD_DAYS),
        ),
        say("The lab removes old entries when new ones come."),
    ]


def in_memory(minutes: int) -> list[str]:
    """What ends with the process, or before.

    Args:
        minutes: that a session lives after its page was closed.
    """
    return [
        say("The last drawing of a browser, and the card of the guided hour that it has reached."),
        say(
            "What a pupil did on the pages, with their pictures and answers: until {minutes} "
            "minutes after they close the page.",
            minutes=minutes,
        ),
        say("A network from a file: for the same time, or until the lab needs the space."),
        say(
            "The place where a browser comes from, as a number: nobody can find the IP address "
            "in it. The lab uses this number to share its time fairly."
        ),
        say("All this ends when the lab is started again."),
    ]


def nowhere(runs_page: str) -> list[str]:
    """What the lab does not ask for, and does not send.

    Args:
        runs_page: that lists what a browser has trained.
    """
    return [
        say("The lab asks for no names, no accounts and no passwords."),
        say("The pages load nothing from other servers. The lab sends nothing to anybody else."),
        say(
            "The lab sets one cookie, the random number of the browser. Without the cookie the "
            "list on {page} begins again after each reload.",
            page=runs_page,
        ),
        say(
            "A web server in front of the lab can write IP addresses into its own log. Ask the "
            "person who runs it."
        ),
    ]
