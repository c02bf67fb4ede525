"""What the teacher's sheet says of each card, and of two networks, in the lab's own numbers."""

import math
from collections.abc import Callable, Mapping
from typing import Final

from digitlab.analysis.article_band import BANDS, PRINTED, RUNS
from digitlab.hour import Card
from digitlab.records.score import DigitSet
from digitlab.specs import ARTICLE, CLASSES, FIRST, PIXELS
from digitlab.specs.selection import SET_SIZES
from digitlab.teaching.facts import Facts, OwnNetwork
from digitlab.wording.hour.results import expectation_words, result_words
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import decimal, significant, whole
from digitlab.wording.results.exam import score_words
from digitlab.wording.say import say
from digitlab.wording.settings.network_names import network_name


def _own_three(facts: Facts) -> str:
    return say(
        "The network {name} has {parameters} parameters. It learns them from {digits} training "
        "digits.",
        name=network_name(FIRST.network),
        parameters=whole(facts.first_parameters),
        digits=whole(facts.learned_from),
    )


def _numbers(facts: Facts) -> str:
    mean = say(
        "A training digit has ink in {mean} of {pixels} numbers on average, and in {most} at most.",
        mean=whole(round(facts.ink.mean)),
        pixels=PIXELS,
        most=whole(facts.ink.most),
    )
    few = say(
        "In {few} of {all} training digits fewer than a third of the numbers are ink.",
        few=whole(facts.ink.few),
        all=whole(sum(facts.training)),
    )
    return f"{mean} {few}"


def _step(facts: Facts) -> str:
    return say(
        "A network can give each of the ten digits the probability {share}. Then its loss is "
        "{loss} for every label.",
        share=decimal(1 / CLASSES, 1),
        loss=decimal(math.log(CLASSES), 4),
    )


def _seeds(facts: Facts) -> str:
    band = BANDS[DigitSet.TRAINING]
    return say(
        "The lab trained the article's network with {runs} seeds. The training accuracy was "
        "between {lowest} and {highest}. For 90 of 100 seeds it was between {low} and {high}.",
        runs=RUNS,
        lowest=decimal(band.lowest, 3),
        highest=decimal(band.highest, 3),
        low=decimal(band.low, 3),
        high=decimal(band.high, 3),
    )


def _matrix(facts: Facts) -> str:
    return say(
        "Each row of the matrix counts the test digits with one label. The table below says how "
        "many there are: from {least} to {most}.",
        least=whole(min(facts.test)),
        most=whole(max(facts.test)),
    )


def _change(facts: Facts) -> str:
    return say(
        "The article's learning rate is {rate}. Its steps are too short for {epochs} epochs.",
        rate=significant(ARTICLE.training.learning_rate),
        epochs=ARTICLE.training.epochs,
    )


def _exam(facts: Facts) -> str:
    kept = SET_SIZES["train"] - facts.learned_from
    return say(
        "The validation digits are the last {count} training digits. They are a little easier than "
        "the test digits. The winner was also the best of several networks, and a part of that is "
        "luck.",
        count=whole(kept),
    )


def _own_question(facts: Facts) -> str:
    return say("Each change has its own result. The page says what happened, and why.")


_FACTS: Final[Mapping[str, Callable[[Facts], str]]] = {
    "own_three": _own_three,
    "numbers": _numbers,
    "step": _step,
    "seeds": _seeds,
    "matrix": _matrix,
    "change": _change,
    "exam": _exam,
    "own_question": _own_question,
}


def fact_words(card: Card, facts: Facts) -> str:
    """What is known about the card's observation, in a sentence or more."""
    return _FACTS[card.name](facts)


def promised_words(card: Card) -> str:
    """What comes with nearly all seeds; "" where anything can come."""
    if not card.expectations:
        return ""
    named = [f"*{expectation_words(card.name, each)}*" for each in card.promised]
    if len(named) == 1:
        return say("The answer is nearly always: {answer}.", answer=named[0])
    return say("The answer is nearly always one of these: {answers}.", answers=with_commas(named))


def article_words(facts: Facts) -> str:
    """The article's network: its parameters, and why its printed accuracy does not come."""
    band = BANDS[DigitSet.TEST]
    hidden, output = map(whole, facts.article_parameters)
    counted = say(
        "The article's network has {all} parameters: {hidden} in its hidden layer and {output} in "
        "its output layer.",
        all=whole(sum(facts.article_parameters)),
        hidden=hidden,
        output=output,
    )
    printed = say(
        "The article prints the test accuracy {printed}. With the same recipe and {runs} seeds the "
        "lab got {lowest} to {highest}. So do not expect the printed number in your class.",
        printed=decimal(PRINTED, 4),
        runs=RUNS,
        lowest=decimal(band.lowest, 3),
        highest=decimal(band.highest, 3),
    )
    return f"{counted} {printed}"


def own_words(own: OwnNetwork) -> str:
    """The teacher's own network: what may be told of it."""
    sentences = [
        say(
            "Your network *{name}* has {count} parameters.",
            name=own.name,
            count=whole(own.parameters),
        )
    ]
    if own.score is not None:
        sentences.append(score_words(own.score))
    if own.mistake is None:
        sentences.append(
            say("You have not taken the exam with it, so its test accuracy is not here.")
        )
    else:
        true, predicted, count = own.mistake
        values = {"true": true, "predicted": predicted, "count": count}
        sentences.append(result_words("matrix", values))
    return " ".join(sentences)
