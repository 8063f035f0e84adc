"""Why a decision is what it is, on the command line."""

import csv
import json
import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from tests.cli.program import Program, read_table

EXPLAINED = Path(__file__).parents[1] / "data" / "explained"
TOP = 4
CUTS = (("Beginning", 0), ("Developing", 50), ("Proficient", 70), ("Exemplary", 90))
PARTS = {
    "shared-goals": ("Team charter", "Sprint review"),
    "listens": ("Meeting minutes", "Peer review 1", "Peer review 2"),
    "gives-feedback": ("Peer review 1", "Peer review 2"),
    "resolves-conflict": ("Conflict case", "Retrospective", "Sprint review"),
}
STATES = {"": "missing", "EX": "excused", "N/A": "not assigned"}


def write(value: Fraction, digits: int = 9) -> str:
    """Write a number as people do: exact up to nine decimals, a half away from zero."""
    scaled = (value * 10**digits * 2 + 1) // 2
    whole, rest = divmod(int(scaled), 10**digits)
    return f"{whole}.{rest:0{digits}d}".rstrip("0").rstrip(".")


def round_score(value: Fraction) -> Fraction:
    return Fraction(int((value * 200 + 1) // 2), 100)


def name_letter(column: int) -> str:
    return chr(ord("A") + column)


def convert(item: str, value: Fraction, possible: Fraction) -> tuple[Fraction, str]:
    """Return the level points of a cell of the sample, and the sentence that tells of them."""
    given = f"{write(value)} / {write(possible)}"
    if item != "Conflict case":
        points = value / possible * TOP
        return points, f"{given} × 4 = {write(points)}"
    title, points = next(
        (title, Fraction(rank))
        for rank, (title, cut) in reversed(list(enumerate(CUTS, start=1)))
        if value * 100 >= cut * possible
    )
    return points, f"{given} is {title} = {points} by the cuts Developing 50%, Proficient 70%, Exemplary 90%"


def calculate(part: str, points: list[Fraction]) -> tuple[Fraction, str, list[str]]:
    """Return the exact result, the sentence, and what stands behind each score, for the four methods."""
    size = len(points)
    match part:
        case "shared-goals":
            result = max(points)
            return result, "The only score" if size == 1 else f"The best of {size} scores", [""] * size
        case "listens":
            scores = "1 score" if size == 1 else f"{size} scores"
            return (
                sum(points) / Fraction(size),
                f"Total {write(sum(points, Fraction(0)))} / {scores}",
                [""] * size,
            )
        case "gives-feedback":
            last = "the last in the rubric's list of evidence, as no date tells which is newest"
            sentence = f"The score that counts ({last})"
            return (
                points[-1],
                "The only score" if size == 1 else sentence,
                [" (left out)"] * (size - 1) + [""],
            )
    factors = {
        1: [Fraction(1)],
        2: [Fraction(35, 100), Fraction(65, 100)],
        3: [Fraction(1225, 10_000), Fraction(2275, 10_000), Fraction(65, 100)],
    }[size]
    shares = [f"{write(factor * 100)}%" for factor in factors]
    sentence = " + ".join(f"{share} of {write(point)}" for share, point in zip(shares, points, strict=True))
    result = sum((factor * point for factor, point in zip(factors, points, strict=True)), Fraction(0))
    return result, "The only score" if size == 1 else sentence, [f" (counts {share})" for share in shares]


def test_every_decision_of_the_sample_is_explained_with_its_numbers(project: Program) -> None:
    """The numbers are worked out here once more, from the cells of the export."""
    project("assess", "gradebook.csv", "--no-reports")
    rows = list(csv.reader((project.folder / "gradebook.csv").read_text(encoding="utf-8").splitlines()))
    columns = {heading.partition(" (")[0]: at for at, heading in enumerate(rows[0])}
    scores = {
        (row["learner"], row["subcompetency"]): row
        for row in read_table(project.folder / "out/decisions.csv")
    }
    results = 0
    for number, row in enumerate(rows[3:], start=4):
        if not row[1] or row[0].startswith("Student, Test"):
            continue
        text = project("explain", row[1]).stdout
        sections = {part: text.partition(f"({part})\n")[2].partition("\n\n")[0] for part in PARTS}
        for part, items in PARTS.items():
            section = sections[part]
            points, lines = [], []
            for item in items:
                cell, at = row[columns[item]], columns[item]
                place = f"  [gradebook.csv, row {number}, column {name_letter(at)}]"
                if cell in STATES:
                    assert f"    {item}: {STATES[cell]}{place}\n" in f"{section}\n"
                    continue
                value, sentence = convert(item, Fraction(cell), Fraction(rows[2][at]))
                points.append(value)
                lines.append((item, sentence, place))
            stored = scores[row[1], part]
            assert len(points) == int(stored["pieces"])
            if not points:
                assert "Result" not in section
                continue
            result, sentence, details = calculate(part, points)
            for nth, ((item, way, place), detail) in enumerate(zip(lines, details, strict=True), start=1):
                assert f"    {nth}. {item}: {way}{detail}{place}\n" in f"{section}\n"
            rounded = round_score(result)
            if stored["score"]:
                assert Fraction(stored["score"]) == rounded
                tail = "" if rounded == result else f", rounded {stored['score']}"
                assert f"  Result: {sentence} = {write(result)}{tail}.\n" in f"{section}\n"
                assert f"A score of {stored['score']} " in section
                results += 1
            else:
                small = sentence[0].lower() + sentence[1:]
                assert (
                    f"  Result: So far: {small} = {write(result)}; it does not count yet.\n" in f"{section}\n"
                )
    assert results > 100


@pytest.mark.parametrize("learner", ["s1", "s2"])
def test_everything_that_can_stand_in_an_explanation(program: Program, learner: str) -> None:
    """The expected text was checked by hand; it has every reason to set a score aside, and unmet needs."""
    assess_explained(program)
    run = program("explain", learner)
    assert run.stdout == (EXPLAINED / f"{learner}.txt").read_text(encoding="utf-8")


def assess_explained(program: Program) -> None:
    for name in ("gradebook.csv", "rubric.yaml", "overrides.csv", "held.csv"):
        shutil.copy(EXPLAINED / name, program.folder / name)
    options = ("--rubric", "rubric.yaml", "--overrides", "overrides.csv", "--held", "held.csv")
    assert program("assess", "gradebook.csv", *options, "--as-of", "2026-11-26").status == 0


def test_the_learner_s_page_says_the_same(program: Program) -> None:
    """Every sentence of the explanation stands on the page, apart from how the lines are put together."""
    assess_explained(program)
    page = (program.folder / "out/reports/learners/0001.html").read_text(encoding="utf-8")
    shown = page.replace("&#39;", "'").replace("<bdi>", "").replace("</bdi>", "")
    lines = program("explain", "s1").stdout.splitlines()
    sentences = [
        line.strip().removeprefix("Insufficient evidence. ").removeprefix("Shown. ")
        for line in lines
        if line.startswith("  ") and not line.startswith(("    ", "  There", "  Missing"))
    ]
    sentences = [sentence.rstrip(":.") for sentence in sentences]
    assert len(sentences) > 20
    assert [sentence for sentence in sentences if sentence not in shown] == []


def test_explain_finds_a_learner_by_name_unless_two_have_it(project: Program) -> None:
    project("assess", "gradebook.csv", "--no-reports")
    learners = read_table(project.folder / "out" / "learners.csv")
    names = [row["name"] for row in learners]
    unique = next(row for row in learners if row["name"].startswith("Petrović"))
    last, first = unique["name"].split(", ")
    for spelling in (unique["name"], f"{first} {last}", unique["name"].upper(), "petrovic", "Petrović"):
        assert f"({unique['learner']})" in project("explain", spelling).stdout
    double = next(name for name in names if names.count(name) == 2)
    run = project("explain", double)
    assert run.status == 2
    keys = [row["learner"] for row in learners if row["name"] == double]
    assert ", ".join(keys) in run.stderr
    assert double not in run.stderr


def test_explain_suggests_keys_and_sub_competencies(project: Program) -> None:
    project("assess", "gradebook.csv", "--no-reports")
    key = read_table(project.folder / "out" / "learners.csv")[0]["learner"]
    run = project("explain", key[:-1] + "x")
    assert run.status == 2
    assert "did you mean" in run.stderr
    run = project("explain", key, "gives-fedback")
    assert run.status == 2
    assert "did you mean `gives-feedback`?" in run.stderr


def test_one_sub_competency_alone(project: Program) -> None:
    project("assess", "gradebook.csv", "--no-reports")
    text = project("explain", "40304", "listens").stdout
    assert "Listens (listens)" in text
    assert "One more score at Proficient (3 points) would be enough." in text
    assert "(gives-feedback)" not in text


def test_explain_as_json(program: Program) -> None:
    assess_explained(program)
    document = json.loads(program("explain", "s1", "--format", "json").stdout)
    assert (document["format"], document["learner"]) == ("microcred-explanation/2", "s1")
    (rubric,) = document["rubrics"]
    assert (rubric["award"], [part["name"] for part in rubric["parts"] if part["met"]]) == (
        "not-yet",
        ["employer:listens"],
    )
    plans, listens, reports, hygiene = rubric["decisions"]
    assert plans["overruled"]["outdated"] is True
    assert plans["overruled"]["method"]["score"] == "2.85"
    assert plans["enough"] is None
    assert [gap["state"] for gap in plans["set_aside"]] == ["too old", "no date", "replaced"]
    case = plans["pieces"][2]
    assert (case["uncut"], case["points"], case["row"]) == ("4.000000000", "2.000000000", 3)
    assert plans["method"]["as_of"] == "2026-11-26"
    assert listens["steps"] == {"sum of the shares": "3.405", "unrounded": "3.405"}
    assert [piece["factor"] for piece in listens["pieces"]] == ["0.1225", "0.2275", "0.65"]
    assert [(each["source"], each["score"]) for each in listens["by_source"]] == [("employer", "3.65")]
    assert [(need["asked"], need["wanted"], need["there"], need["met"]) for need in reports["needs"]] == [
        ("scores", 3, 1, False),
        ("scores of a source", 1, 0, False),
    ]
    assert (reports["enough"]["further_scores"], reports["enough"]["at"]["level"]) == (2, "proficient")
    assert reports["enough"]["sources"] == ["employer"]
    assert hygiene["calculation"] is None
    assert hygiene["enough"]["words"] == "One more score at Proficient (3 points) would be enough."


def test_text_of_others_steers_no_terminal(program: Program) -> None:
    hostile = "\x1b[31m\u202eplan"
    rubric = (EXPLAINED / "rubric.yaml").read_text(encoding="utf-8")
    program.write("rubric.yaml", rubric.replace("award: {all: [{all", "award: {any: [plans, {all"))
    program.write(
        "overrides.csv",
        "learner,rubric,subcompetency,decision,reason,by,at\n"
        "s1,practice,plans,shown,[red]seen,[bold]Kim,2026-02-01\n",
    )
    gradebook = (EXPLAINED / "gradebook.csv").read_text(encoding="utf-8")
    program.write("gradebook.csv", gradebook.replace("Kim", hostile).replace("Ada", hostile))
    shutil.copy(EXPLAINED / "held.csv", program.folder / "held.csv")
    options = ("--rubric", "rubric.yaml", "--overrides", "overrides.csv", "--held", "held.csv")
    assert program("assess", "gradebook.csv", *options, "--as-of", "2026-11-26").status == 0
    text = program("explain", "s1").stdout
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "by \\x1b[31m\\u202eplan" in text
    assert "Decided by [bold]Kim on 2026-02-01: [red]seen" in text


def test_a_person_s_no_stands_for_every_source(program: Program) -> None:
    for name in ("gradebook.csv", "rubric.yaml", "held.csv"):
        shutil.copy(EXPLAINED / name, program.folder / name)
    program.write(
        "overrides.csv",
        "learner,rubric,subcompetency,decision,reason,by,at\n"
        "s1,practice,listens,not-yet,Interrupts,M. Ito,2026-06-01\n"
        "s1,practice,plans,shown,Seen on the ward,M. Ito,2026-06-01\n",
    )
    options = ("--rubric", "rubric.yaml", "--overrides", "overrides.csv", "--held", "held.csv")
    assert program("assess", "gradebook.csv", *options, "--as-of", "2026-11-26").status == 0
    text = program("explain", "s1").stdout
    assert (
        "Not yet. Decided by M. Ito on 2026-06-01: Interrupts\n  The method says shown. A score of 3.41"
        in text
    )
    missing = next(line for line in text.splitlines() if line.startswith("  Missing: "))
    # By the employer's scores alone it would be shown; and who says that it is shown is no employer.
    assert "Listens (by employer): not yet;" in missing
    assert "Plans (by employer): insufficient evidence, from 1 score;" in missing
    asked = "where the badge asks for scores by an employer"
    assert f"from 2 scores; {asked}, the person's decision counts instead: not yet.\n" in text
    assert f"from 1 score; {asked}, this counts and not the person's decision.\n" in text
    page = (program.folder / "out/reports/learners/0001.html").read_text(encoding="utf-8")
    assert "</a>: Decided by M. Ito on 2026-06-01: Interrupts</li>" in page
    assert f"{asked}, the person&#39;s decision counts instead: not yet.</p>" in page
    assert f"{asked}, this counts and not the person&#39;s decision.</p>" in page


def test_the_dates_of_a_rubric_report_of_moodle_order_its_scores(program: Program) -> None:
    graded = {"Draft": "9 Feb 2022 10:18 pm", "Final": "1 Feb 2022 8:31 pm"}
    for title, date in graded.items():
        program.write(
            f"{title}.csv",
            f"Course:C\nAssignment:{title}\nGrade method:rubric\nMine\n\nStudent,Clarity,,,Grade summary,,,\n"
            "Username,Score,Definition,Feedback,Overall feedback,Grade,Graded by,Time graded\n"
            f"s1,2,ok,,fine,100.00,kim,{date}\n",
        )
    program.write(
        "r.yaml",
        """\
format: microcred/1
id: r
version: 1.0.0
title: R
levels: [{id: a, title: A, points: 1}, {id: b, title: B, points: 4}]
shown_at: b
subcompetencies:
  - id: x
    title: X
    criteria: [{id: c, title: C}]
    evidence: [{item: Draft, criterion: Clarity}, {item: Final, criterion: Clarity}]
""",
    )
    run = program("assess", "Draft.csv", "Final.csv", "--rubric", "r.yaml", "--no-reports")
    assert run.status == 0, run.output
    text = program("explain", "s1").stdout
    assert "as none is dated" not in text
    assert "oldest first" in text
    assert text.index("2022-02-01T20:31Z") < text.index("2022-02-09T22:18Z")
