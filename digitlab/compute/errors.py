"""What a page says when the workers can't answer: each sentence is true of its own case."""

NO_WORKERS = "The workers can't be reached. Try again in a minute, or tell whoever runs this lab."

NO_START = (
    "The lab can't start its workers now. It tries again by itself. Come back in a minute, or tell "
    "whoever runs this lab: the server's log says why."
)

NO_UPLOADS_WORKER = (
    "This lab has no worker for networks from files now. Train a network here, or tell whoever "
    "runs this lab."
)

UPLOADS_WORKER_DIED = (
    "The worker stopped while it had your question on the network from your file. Nothing else was "
    "lost. Ask once more. If it stops again, the lab can't work this out for your network."
)

NO_WEIGHTS = (
    "The weights of this network are no longer kept. Train it once more: same seed, same network. "
    "If it came from a file, bring the file again."
)

BUSY = "Many questions are waiting for the workers now. Try again in a few seconds."

TOO_MANY = "Your other questions are still waiting. Look at one page first, then at the next."

SLOW = "The worker did not answer in time. It is busy, or it hangs. Try again in a minute."

STARTING = "The worker for this is still starting. Try again in half a minute."

FAILED = "The worker could not work this out. Try another digit, or tell whoever runs this lab."


class EngineError(RuntimeError):
    """The workers can't answer; the message says what to do."""
