"""A real Canvas export, with every number worked out by hand."""

import csv

from tests.cli.program import Program
from tests.shared import ROOT, find_shared

# Scale of 4 points; the quizzes are out of 3. Learner 11111 has 3.00, 2.75, 0.00 in quizzes 1, 2 and 4, that
# is 4, 3.6667 and 0; learner 22222 has 2.85, 2.50, 0.00, that is 3.8, 3.3333 and 0, and 2.80 in quiz 3.
EXPECTED = {
    ("11111", "language"): ("not-yet", "developing", "2.56"),  # (4 + 3.6667 + 0) / 3 = 2.5556
    ("22222", "language"): ("not-yet", "developing", "2.38"),  # (3.8 + 3.3333 + 0) / 3 = 2.3778
    ("11111", "progress"): ("not-yet", "beginning", "1.32"),  # ((4·.35 + 3.6667·.65)·.35 + 0) = 1.3242
    ("22222", "progress"): ("not-yet", "beginning", "1.22"),  # ((3.8·.35 + 3.3333·.65)·.35 + 0) = 1.2238
    ("11111", "repeatedly"): ("shown", "proficient", "3.83"),  # (4 + 3.6667) / 2 = 3.8333
    ("22222", "repeatedly"): ("shown", "proficient", "3.57"),  # (3.8 + 3.3333) / 2 = 3.5667
    ("11111", "testing"): ("not-assessed", "", ""),  # quiz 3 is blank
    ("22222", "testing"): ("shown", "proficient", "3.73"),  # 2.8 / 3 · 4 = 3.7333
    ("11111", "takes-part"): ("shown", "exemplary", "4.00"),  # 3 of 3; the second survey is blank
    ("22222", "takes-part"): ("shown", "exemplary", "4.00"),
    ("11111", "reflects"): ("not-assessed", "", ""),  # both N/A
    ("22222", "reflects"): ("not-assessed", "", ""),
    ("11111", "builds"): ("not-assessed", "", ""),  # of two items of one name, the one named by its number
    ("22222", "builds"): ("not-assessed", "", ""),
}


def test_the_decisions_on_a_real_export(program: Program) -> None:
    export = find_shared("gradebooks", "real", "canvas", "joyofcoding_canvas.csv")
    rubric = ROOT / "tests" / "data" / "joy_of_coding.yaml"
    run = program("assess", str(export), "--rubric", str(rubric))
    assert run.status == 0, run.output
    with (program.folder / "out" / "decisions.csv").open(encoding="utf-8", newline="") as stream:
        decided = {
            (row["learner"], row["subcompetency"]): (row["decision"], row["level"], row["score"])
            for row in csv.DictReader(stream)
        }
    assert decided == EXPECTED
    with (program.folder / "out" / "awards.csv").open(encoding="utf-8", newline="") as stream:
        awards = {row["learner"]: row["award"] for row in csv.DictReader(stream)}
    # testing is open for the one; the other has shown all that the award asks for.
    assert awards == {"11111": "incomplete", "22222": "earned"}
