"""Many sessions that do what the pages offer, only too much of it."""

import asyncio
from collections.abc import Sequence

from benchmarks.abuse.bystander import PATIENCE_SECONDS
from benchmarks.abuse.situation import Extent, all_of
from benchmarks.abuse.trainings import seconds_to_a_network
from benchmarks.server import Server
from benchmarks.visitor import Visitor
from digitlab.specs import ARTICLE, LessonSpec
from digitlab.specs.link import to_link, to_query
from digitlab.ui.shell import path
from digitlab.ui.shell.page_views import WHAT

CLASS = 30


async def nothing(server: Server, queries: Sequence[str], extent: Extent) -> str:
    """Nobody attacks: what the machine takes for a page and a drawing at this moment."""
    return "for comparison"


async def reloads(server: Server, queries: Sequence[str], extent: Extent) -> str:
    """One browser reloads the address of a large run 128 times."""
    times = extent.of(128)
    for _ in range(times):
        async with Visitor(server.address, PATIENCE_SECONDS, queries[0]) as visitor:
            await visitor.open("Evaluate")
            await visitor.take_exam()
    return f"{times} reloads"


async def replay_steps(server: Server, queries: Sequence[str], extent: Extent) -> str:
    """Thirty sessions go through the epochs of these networks, each six steps."""

    async def step(query: str) -> None:
        async with Visitor(server.address, PATIENCE_SECONDS, query) as visitor:
            await visitor.open("Evaluate")
            await visitor.take_exam()
            await visitor.open("Replay")
            await visitor.choose(WHAT, path.step("Replay").views["test"])
            steps = extent.of(5)  # it begins before the first of five epochs
            for button in (*(steps * ["Next"]), "Back"):
                await visitor.press(button)
                await visitor.until(lambda: True, "another epoch")

    pupils = range(extent.of(CLASS))
    return await all_of(step(queries[number % len(queries)]) for number in pupils)


async def many_sessions(server: Server, queries: Sequence[str], extent: Extent) -> str:
    """Three hundred sessions come within ten seconds, open the front page and stay."""
    sessions = extent.of(300)
    everybody = asyncio.Barrier(sessions)

    async def come(delay: float) -> None:
        await asyncio.sleep(delay)
        try:
            async with Visitor(server.address, PATIENCE_SECONDS) as visitor:
                await visitor.open("app")
                await everybody.wait()
        except BaseException:
            await everybody.abort()
            raise

    return await all_of(come(number / 30) for number in range(sessions))


async def five_seeds(server: Server, queries: Sequence[str], extent: Extent) -> str:
    """A class presses "five seeds" in the same moment; then a newcomer presses Train."""
    pupils = extent.of(CLASS)
    began = asyncio.Barrier(pupils + 1)
    over = asyncio.Event()

    async def press(number: int) -> None:
        recipe = ARTICLE.with_seed(1000 + 50 * number)
        async with Visitor(
            server.address, PATIENCE_SECONDS, to_query(to_link(LessonSpec(recipe)))
        ) as pupil:
            try:
                await pupil.open("Luck")
                await began.wait()
                await pupil.press("Train it with five seeds")
                await pupil.read("Trained: [0-9]+ of 5 networks")
                await over.wait()
            except BaseException:
                await began.abort()
                raise

    async def come_last() -> float:
        try:
            await began.wait()
            return await seconds_to_a_network(server, ARTICLE.with_seed(7))
        finally:
            over.set()

    newcomer = asyncio.create_task(come_last())
    admitted = await all_of(press(number) for number in range(pupils))
    return f"{admitted}; a newcomer has a network after {await newcomer:.0f} s"
