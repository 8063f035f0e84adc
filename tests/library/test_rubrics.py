"""Every rubric of the library does what a programme that adopts it needs: all the way to a verified badge."""

import re
from pathlib import Path

import pytest

from microcred_cli.credentials.issued_list import ISSUED, read_issued
from microcred_cli.linting.engine import compare_files, lint_rubric
from microcred_cli.linting.record import SIGN, LintedFile
from microcred_cli.model.refusal import Refusal
from microcred_cli.workflows.browse_rubrics import ShelvedRubric, list_rubrics
from tests.cli.program import Program, read_table
from tests.shared import ROOT
from tools.write_catalogue import PAGE, write_page

SHELVED = list_rubrics()
NAMES = [each.name for each in SHELVED]
LIBRARY = ROOT / "rubrics"
SOFT_SKILLS = {
    "conflict-resolution", "critical-thinking", "empathy", "initiative", "leadership", "oral-communication",
    "problem-solving", "project-management", "stress-management", "teamwork", "written-communication",
}  # fmt: skip
CENTURY = {
    "adaptability", "analysis-solution-mindset", "collaboration", "communication", "digital-fluency",
    "empathy", "entrepreneurial-mindset", "pathway", "resilience", "self-awareness",
    "social-diversity-awareness",
}  # fmt: skip
LOWEST_WORDS, HIGHEST_WORDS = 5, 30


def lint(each: ShelvedRubric) -> LintedFile:
    folder = LIBRARY / each.shelf
    return lint_rubric(
        each.name,
        (folder / f"{each.name}.yaml").read_bytes(),
        lambda image: (folder / image).is_file(),
        lambda image: (folder / image).read_bytes(),
    )


def test_the_sets_are_whole() -> None:
    sets: dict[str, set[str]] = {}
    for each in SHELVED:
        sets.setdefault(each.shelf, set()).add(each.name)
    assert sets["soft-skills"] == SOFT_SKILLS
    assert sets["21st-century"] == {f"21st-century-{skill}" for skill in CENTURY}
    assert sets["resilience"] == {"resilience"}
    assert len(sets["honors-engagement"]) == 5
    assert len(sets) == 4


def test_every_file_belongs_to_a_rubric() -> None:
    known = {f"{each.place}{suffix}" for each in SHELVED for suffix in (".yaml", ".svg", ".csv")}
    files = {path.relative_to(LIBRARY).as_posix() for path in LIBRARY.rglob("*") if path.is_file()}
    assert files == known | {"README.md"}


def test_the_catalogue_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == write_page(), "a rubric has changed: run make docs"


def test_together_the_rubrics_have_nothing_to_be_found() -> None:
    files = compare_files([lint(each) for each in SHELVED])
    assert [finding.message for file in files for finding in file.findings] == []


def test_nothing_is_suppressed() -> None:
    for each in SHELVED:
        assert SIGN.search((LIBRARY / f"{each.place}.yaml").read_text(encoding="utf-8")) is None, each.name


@pytest.mark.parametrize("shelved", SHELVED, ids=NAMES)
def test_every_level_of_every_criterion_is_described(shelved: ShelvedRubric) -> None:
    rubric = shelved.rubric
    assert 3 <= len(rubric.subcompetencies) <= 10
    levels = [level.id for level in rubric.levels]
    assert len(levels) == 4
    seen: set[str] = set()
    for part in rubric.subcompetencies:
        for criterion in part.criteria:
            assert list(criterion.descriptors) == levels, criterion.id
            for text in criterion.descriptors.values():
                assert LOWEST_WORDS <= len(re.findall(r"\w+", text)) <= HIGHEST_WORDS, text
                assert text not in seen, text
                seen.add(text)
    badge = rubric.badge
    assert badge is not None
    assert badge.alignment, shelved.name
    assert badge.european is not None
    assert badge.image == f"{shelved.name}.svg"


@pytest.mark.parametrize("shelved", SHELVED, ids=NAMES)
def test_its_sample_is_decided_reported_and_ends_in_badges_that_verify(
    shelved: ShelvedRubric, program: Program
) -> None:
    init = program("init", "--name", "Example College", "--rubric", shelved.name)
    assert init.status == 0, init.output
    program.write("gradebook.csv", shelved.read_sample().decode())
    assessed = program("assess", "gradebook.csv", "--quiet")
    assert (assessed.status, assessed.stderr) == (0, ""), assessed.output
    awards = read_table(program.folder / "out" / "awards.csv")
    assert {"earned", "not-yet", "incomplete"} == {row["award"] for row in awards}
    check_reports(program.folder, len(awards), shelved)
    assert program("key", "new", "signing", "--unencrypted", "--quiet").status == 0
    assert program("issue", "--yes", "--quiet").status == 0
    badges = read_issued((program.folder / "badges" / ISSUED).read_bytes())
    assert not isinstance(badges, Refusal)
    assert {each.learner for each in badges} == {r["learner"] for r in awards if r["award"] == "earned"}
    verified = program("verify", f"badges/{badges[0].json}", f"badges/{badges[-1].svg}")
    assert verified.status in {0, 4}, verified.output  # 4: who the issuer is cannot be checked offline
    assert "failed" not in verified.stdout


def check_reports(folder: Path, learners: int, shelved: ShelvedRubric) -> None:
    pages = sorted((folder / "out" / "reports").rglob("*.html"))
    assert len(pages) == learners + 1
    page = next(each for each in pages if each.name != "index.html").read_text(encoding="utf-8")
    for part in shelved.rubric.subcompetencies:
        assert part.title.replace("'", "&#39;") in page
