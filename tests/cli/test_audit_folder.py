"""Whether an assessment folder is as it was written: its tables, copies and manifest."""

import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.audited import audit, edit, failed, named, outcomes, restamp, turn
from tests.cli.program import Program

HANDS: dict[str, tuple[str, str, str, str, str]] = {
    # file, old, new, the check that names it once the digests are mended, whose
    "a decision": ("decisions.csv", "y,not-yet,a,1.00", "y,shown,b,3.00", "decisions", "s2"),
    "a level": ("decisions.csv", "x,shown,b,3.00,2", "x,shown,,3.00,2", "decisions", "s1"),
    "a score": ("decisions.csv", "x,not-yet,a,1.50", "x,not-yet,a,1.49", "decisions", "s2"),
    "a count": ("decisions.csv", "x,shown,b,3.00,1", "x,shown,b,3.00,2", "decisions", "s3"),
    "a method": ("decisions.csv", "2,average", "2,highest", "decisions", "s1"),
    "an award": ("awards.csv", "s2,r,1.0.0,not-yet,,x;y", "s2,r,1.0.0,earned,,x;y", "awards", "s2"),
    "what is missing": ("awards.csv", "not-yet,,x;y", "not-yet,,x", "awards", "s2"),
    "a piece": ("pieces.csv", "Talk,,1,,points,1", "Talk,,2,,points,2", "evidence", "s2"),
    "a step": ("steps.csv", "s2,r,x,unrounded,1.5", "s2,r,x,unrounded,2.5", "evidence", "s2"),
    "a gap": ("gaps.csv", "s3,r,x,Talk,,missing", "s3,r,x,Talk,,excused", "evidence", "s3"),
    "a name": ("learners.csv", "Canary Two", "Canary Ten", "evidence", "s2"),
}


@pytest.mark.parametrize("hand", HANDS)
@pytest.mark.parametrize("stamped", [False, True])
def test_a_table_edited_by_hand_is_named_also_when_its_digest_is_mended(
    assessed: Program, hand: str, *, stamped: bool
) -> None:
    name, old, new, check, learner = HANDS[hand]
    edit(assessed, f"out/{name}", old, new)
    if stamped:
        restamp(assessed)
    document = audit(assessed)
    assert outcomes(document)["tables"] == ("passed" if stamped else "failed")
    assert outcomes(document)["inputs"] == "passed"
    assert failed(document) - {"tables"} == {check}
    assert {each["learner"] for each in named(document, check)} == {learner}
    if not stamped:
        assert [each["file"] for each in named(document, "tables")] == [name]
    assert "Canary" not in json.dumps(document)


def test_a_further_row_is_named(assessed: Program) -> None:
    path = assessed.folder / "out" / "steps.csv"
    path.write_text(path.read_text() + "s2,r,x,unrounded,1.5\n")
    restamp(assessed)
    (found,) = named(audit(assessed), "evidence")
    assert (found["file"], found["learner"]) == ("steps.csv", "s2")
    assert "more than one row" in found["message"]


def test_a_cell_that_is_not_where_the_pieces_say_is_named(assessed: Program) -> None:
    """Whoever mends the digest of a gradebook whose rows were moved still leads nobody to the scores."""
    turn(assessed, "g.csv")
    restamp(assessed)
    document = audit(assessed)
    assert failed(document) == {"evidence"}
    assert {each["file"] for each in named(document, "evidence")} == {"pieces.csv", "gaps.csv"}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("decisions.csv", "s2,r,1.0.0,y", "s9,r,1.0.0,y"),
        ("decisions.csv", "not-yet", "perhaps"),
        ("awards.csv", "s2,r", "s9,r"),
        ("pieces.csv", "learner", "person"),
    ],
)
def test_tables_that_make_no_sense_are_named_all_the_same(
    assessed: Program, name: str, old: str, new: str
) -> None:
    edit(assessed, f"out/{name}", old, new)
    document = audit(assessed)
    assert [each["file"] for each in named(document, "tables")] == [name]
    restamp(assessed)
    document = audit(assessed)
    assert failed(document) == {"tables"}
    assert outcomes(document)["decisions"] == "unchecked"


def test_tables_that_are_gone_or_too_many_are_named(assessed: Program) -> None:
    assessed.write("out/held.csv", "learner,rubric\n")
    (assessed.folder / "out" / "gaps.csv").unlink()
    document = audit(assessed)
    found = {each["file"]: each["message"] for each in named(document, "tables")}
    assert found == {"gaps.csv": "is missing", "held.csv": "is not in the manifest"}


def test_the_copy_of_the_rubric_is_compared_with_its_source(assessed: Program) -> None:
    edit(assessed, "out/rubrics/r.yaml", "shown_at: b", "shown_at: a")
    restamp(assessed)
    document = audit(assessed)
    assert failed(document) >= {"inputs"}
    assert [each["file"] for each in named(document, "inputs")] == ["out/rubrics/r.yaml"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX links")
def test_a_table_that_is_a_link_is_not_followed(assessed: Program) -> None:
    path = assessed.folder / "out" / "gaps.csv"
    path.rename(assessed.folder / "gaps.csv")
    path.symlink_to(assessed.folder / "gaps.csv")
    assert named(audit(assessed), "tables")[0]["message"] == "is a link"


@pytest.mark.parametrize("name", ["assessment.json", "rubrics"])
def test_a_link_in_place_of_what_was_written(assessed: Program, name: str) -> None:
    path = assessed.folder / "out" / name
    path.rename(assessed.folder / "elsewhere")
    path.symlink_to("../elsewhere")
    assert {"file": name, "message": "is a link"}.items() <= named(audit(assessed), "tables")[0].items()


Change = Callable[[dict[str, Any]], object]


def rewrite(program: Program, change: Change) -> None:
    """Change what the manifest says."""
    path = program.folder / "out" / "assessment.json"
    manifest = json.loads(path.read_bytes())
    change(manifest)
    path.write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda manifest: manifest["options"].update(as_of="soon"), {"decisions"}),
        (lambda manifest: manifest.update(assessed_at="2999-01-01T00:00:00Z"), {"tables"}),
        (lambda manifest: manifest["inputs"].append(manifest["inputs"][0]), {"decisions"}),
        (lambda manifest: manifest["inputs"].append(manifest["inputs"][1]), {"decisions", "inputs"}),
        (lambda manifest: manifest["inputs"].pop(0), {"decisions"}),
        (lambda manifest: manifest["inputs"].pop(1), {"decisions", "inputs"}),
        (lambda manifest: manifest["inputs"][0].update(path="\0"), {"decisions", "inputs"}),
        (lambda manifest: manifest["inputs"][0].update(sha256=""), {"inputs"}),
    ],
)
def test_an_edited_manifest_is_never_taken_for_good(
    assessed: Program, change: Change, expected: set[str]
) -> None:
    rewrite(assessed, change)
    document = audit(assessed)
    assert document["outcome"] != "passed"
    found = {name for name, outcome in outcomes(document).items() if outcome != "passed"}
    assert found - {"awards", "evidence", "badges"} == expected


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest["inputs"][0].update(path=5),
        lambda manifest: manifest["options"].update(as_of=[1]),
        lambda manifest: manifest["options"].update(decimal="x"),
        lambda manifest: manifest.update(assessed_at="once"),
        lambda manifest: manifest.update(assessed_at="9999-12-31T23:59:59Z"),
        lambda manifest: manifest["tool"].update(version=5),
        lambda manifest: manifest["options"].update(zz="1"),
        lambda manifest: manifest.update(options=[]),
        lambda manifest: manifest.pop("inputs"),
        lambda manifest: manifest.pop("tool"),
    ],
)
def test_a_manifest_of_nonsense_is_no_assessment(assessed: Program, change: Change) -> None:
    rewrite(assessed, change)
    for command in (["audit"], ["diff", "out", "g.csv"]):
        run = assessed(*command)
        assert (run.status, run.stdout) == (1, "")
        assert "is not a complete assessment folder" in run.stderr


def test_where_there_is_no_assessment_there_is_nothing_to_audit(program: Program) -> None:
    run = program("audit", "nowhere")
    assert (run.status, run.stdout) == (3, "")
    program.write("out/assessment.json", "{}")
    assert program("audit").status == 1
