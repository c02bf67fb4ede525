"""How plain the words of the lab are.

Run from the project's folder: `python -m benchmarks.words`. For the source of the lab, for its
messages alone and for each Markdown file the table has the number of texts and sentences, how long
sentences are, and how many words are neither among the most common ones of English nor explained in
the glossary; below it, these words. It takes about five seconds.

With `--check` it looks at the messages and at the words of the command line, which speaks English
only, and fails if one has such a word or a sentence that is too long.
"""

import sys

from benchmarks import command_line
from benchmarks.words.measure import LONG, Measured, measured
from benchmarks.words.sources import (
    ROOT,
    of_english_only,
    of_lab,
    of_markdown,
    of_template,
)

DOCUMENTS = ("README.md", "CONTRIBUTING.md")
TOO_LONG = 25
"""Words of a sentence, for `--check`."""


def main(arguments: list[str]) -> int:
    """Measure, and print the table; or check."""
    parser = command_line.parser(__doc__)
    parser.add_argument("--most", type=int, default=40, help="uncommon words to print")
    parser.add_argument("--long", action="store_true", help="print the messages that are long")
    parser.add_argument("--check", action="store_true", help="fail if a message is not plain")
    options = command_line.parse(parser, arguments, {"most": 3})
    messages = of_template()
    if options.check:
        checked = [*messages, *of_english_only()]
        wrong = [problem for text in checked for problem in problems(text)]
        print("\n".join(wrong), end="\n" * bool(wrong))
        return bool(wrong)
    measures = {"source": measured(of_lab().values()), "messages": measured(messages)}
    measures |= {name: measured([of_markdown(ROOT / name)]) for name in DOCUMENTS}
    print(f"| of | texts | sentences | words in one | over {LONG} | uncommon words | uses |")
    print("|---|---|---|---|---|---|---|")
    for name, words in measures.items():
        print(_row(name, words))
    for name, words in measures.items():
        uncommon = words.uncommon.most_common(options.most)
        print(f"\n{name}: {', '.join(f'{word} {count}' for word, count in uncommon)}")
    if options.long:
        print(*(text for text in messages if measured([text]).long), sep="\n")
    return 0


def problems(text: str) -> list[str]:
    """What is not plain in a message, a line for each."""
    words = measured([text])
    wrong = [f"“{word}” is neither common nor in the glossary: {text}" for word in words.uncommon]
    longest = max(words.sentences, default=0)
    if longest > TOO_LONG:
        wrong.append(f"A sentence has {longest} words, at most {TOO_LONG} are plain: {text}")
    return wrong


def _row(name: str, words: Measured) -> str:
    return (
        f"| {name} | {words.texts:,} | {len(words.sentences):,} | {words.mean:.1f} | "
        f"{100 * words.long:.1f} % | {len(words.uncommon):,} | {words.uncommon.total():,} |"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
