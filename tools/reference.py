"""Write what the documentation takes from the product: questions, glossary, intended use, safety case, README."""

import contextlib
import io
import re
from itertools import groupby
from pathlib import Path

import safety_case

from unknot import knowledge
from unknot.app.library.sections import INTENDED, MAY_NOT, terms
from unknot.cli import main
from unknot.knowledge.model import Question
from unknot.messages import render

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "questions.md"
README = ROOT / "README.md"
DESIGN = ROOT / "docs" / "design.md"
RUN = re.compile(r"(<!-- output: unknot (?P<words>.+?) -->\n).*?(<!-- /output -->)", re.DOTALL)
SHOWN = re.compile(r"(<!-- output: unknot assess (\S+) -->\n).*?(<!-- /output -->)", re.DOTALL)

HEAD = """# Every question

Written by `tools/reference.py` from `src/unknot/knowledge/questions/`; do not edit by hand. A key that is missing was
not asked; `null` means "not sure"; neither is ever "no".
"""


def questions_page() -> str:
    """The page as Markdown."""
    questions = sorted(knowledge.load().questions.values(), key=lambda question: question.group)
    parts = [HEAD]
    for group, members in groupby(questions, key=lambda question: question.group):
        parts.append(f"\n## {group.replace('_', ' ')}\n\n| id | asked as | allowed answers |\n|---|---|---|\n")
        parts += [f"| `{q.id}` | {render(f'question.{q.id}.ask')} | {_allowed(q)} |\n" for q in members]
    return "".join(parts)


def _allowed(question: Question) -> str:
    if question.type == "bool":
        return "true, false"
    if question.type == "number":
        return f"{question.min:g} to {question.max:g} {question.unit}"
    joined = ", ".join(f"`{value}`" for value in question.values)
    return ("one of " if question.type == "one_of" else "any of ") + joined


def readme() -> str:
    """The README with the answer that its example gets today, shortened to what fits a first look."""
    return SHOWN.sub(lambda found: f"{found[1]}```text\n{_shown(found[2])}```\n{found[3]}", README.read_text())


def _shown(case: str) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        main(["assess", str(ROOT / case)])
    lines = printed.getvalue().splitlines()

    def at(start: str, after: int = 0) -> int:
        return next(i for i in range(after, len(lines)) if lines[i].startswith(start))

    spots, title = at("Tender spots"), at("=====") - 1
    hold = next(i for i in range(title, len(lines)) if ". Hold," in lines[i])
    pieces = [
        lines[: at("Stop and get help")],
        lines[spots : at("2. ", spots)],
        lines[title : title + 4],
        lines[hold : next(i for i in range(hold + 1, len(lines)) if re.match(r" ?\d+\. ", lines[i]))],
    ]
    return "".join("\n".join(piece) + "\n[...]\n" for piece in pieces)


def design_page() -> str:
    """docs/design.md with what its examples print today."""
    return RUN.sub(lambda found: f"{found[1]}```text\n{printed(found['words'])}```\n{found[3]}", DESIGN.read_text())


def printed(words: str) -> str:
    """What a command prints."""
    page = io.StringIO()
    with contextlib.redirect_stdout(page):
        main(words.split())
    return page.getvalue()


GLOSSARY_HEAD = """# Words

Written by `tools/reference.py` from `src/unknot/messages/en/glossary.toml`; do not edit by hand.
"""


def glossary() -> str:
    """docs/glossary.md: the words of the field in plain words, in the order of a dictionary."""
    lines = [f"\n**{term[:1].upper()}{term[1:]}.** {meaning}\n" for term, meaning in terms()]
    return GLOSSARY_HEAD + "".join(lines)


def intended_use() -> str:
    """INTENDED_USE.md: the same sentences as the page in the app."""
    parts = [f"# {render('intended.title')}\n\n{render('intended.lead')}\n"]
    for one in INTENDED:
        parts.append(f"\n## {render(f'intended.{one}.title')}\n\n{render(f'intended.{one}.text')}\n")
        if one == "may_not":
            parts.append("\n" + "".join(f"- {render(point)}\n" for point in MAY_NOT))
    return "".join(parts)


WRITTEN = {
    PAGE: questions_page,
    README: readme,
    DESIGN: design_page,
    ROOT / "docs" / "glossary.md": glossary,
    ROOT / "INTENDED_USE.md": intended_use,
    safety_case.PAGE: safety_case.document,
}


if __name__ == "__main__":
    for path, make in WRITTEN.items():
        path.write_text(make())
