"""`microcred issue` as programme staff meet it."""

import hashlib
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from microcred_cli.cli import issue
from tests.cli.program import Program, read_table

UNENCRYPTED = ("key", "new", "signing", "--unencrypted", "--quiet")


@pytest.fixture
def assessed(project: Program) -> Program:
    """Return the program in a project whose sample gradebook is assessed, with a key."""
    assert project("assess", "gradebook.csv", "--no-reports", "--quiet").status == 0
    assert project(*UNENCRYPTED).status == 0
    return project


def configure(program: Program, text: str) -> None:
    """Add lines to the project file."""
    path = program.folder / "microcred.yaml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def read_badges(program: Program) -> dict[str, dict[str, Any]]:
    """Return the badges by the key of their learner."""
    rows = read_table(program.folder / "badges" / "issued.csv")
    return {
        row["learner"]: json.loads((program.folder / "badges" / row["json"]).read_text(encoding="utf-8"))
        for row in rows
    }


def test_every_earned_award_gets_one_badge(assessed: Program) -> None:
    earned = [
        row["learner"]
        for row in read_table(assessed.folder / "out" / "awards.csv")
        if row["award"] == "earned"
    ]
    run = assessed("issue", "--yes")
    assert run.status == 0, run.output
    assert "18 signed" in run.stderr
    badges = read_badges(assessed)
    assert sorted(badges) == sorted(earned)
    assert len({badge["id"] for badge in badges.values()}) == len(earned) == 18
    for badge in badges.values():
        uuid = badge["id"].removeprefix("urn:uuid:")
        assert (assessed.folder / "badges" / f"{uuid}.svg").exists()
    again = assessed("issue", "--yes")
    assert again.status == 0
    assert "every award that was earned has its badge" in again.stderr
    assert read_badges(assessed) == badges


def test_a_badge_tells_what_was_shown_in_the_words_of_the_rubric(assessed: Program) -> None:
    assert assessed("issue", "--yes").status == 0
    decisions = read_table(assessed.folder / "out" / "decisions.csv")
    for learner, badge in read_badges(assessed).items():
        subject = badge["credentialSubject"]
        achievement = subject["achievement"]
        shown = {
            row["subcompetency"]: row["level"]
            for row in decisions
            if row["learner"] == learner and row["decision"] == "shown"
        }
        reached = {
            each["resultDescription"].partition("#")[2]: each["achievedLevel"].rpartition("/")[2]
            for each in subject["result"]
        }
        assert reached == shown
        assert all("value" not in each for each in subject["result"])
        assert [part["name"] for part in achievement["resultDescription"]] == [
            "Works toward shared goals",
            "Listens",
            "Gives feedback",
            "Resolves conflict",
        ]
        for part in achievement["resultDescription"]:
            levels = part["rubricCriterionLevel"]
            assert [(each["level"], each["points"]) for each in levels] == [
                ("beginning", "1"),
                ("developing", "2"),
                ("proficient", "3"),
                ("exemplary", "4"),
            ]
            assert part["requiredLevel"] == levels[2]["id"]
        narrative = achievement["criteria"]["narrative"]
        assert narrative.startswith(
            "To earn this badge: Works toward shared goals; and at least 2 of Listens, Gives feedback and "
            "Resolves conflict. Each counts from the level Proficient up."
        )
        for part in achievement["resultDescription"]:
            identifier = part["id"].partition("#")[2]
            level = shown.get(identifier)
            line = f"**{part['name']}: {level.title()}**" if level else f"**{part['name']}:"
            assert (line in narrative) is (level is not None)
        descriptor = "Names two aims in the team that pull apart, and finds a wording that both sides sign."
        assert (descriptor in narrative) is (shown.get("shared-goals") == "exemplary")


def test_what_is_the_same_for_all_has_the_same_ids_and_what_is_not_has_its_own(assessed: Program) -> None:
    assert assessed("issue", "--yes").status == 0
    badges = list(read_badges(assessed).values())
    achievements = [badge["credentialSubject"]["achievement"] for badge in badges]
    assert len({each["id"] for each in achievements}) == 1
    criteria = [each.pop("criteria") for each in achievements]
    assert all(each == achievements[0] for each in achievements)
    assert len({each["id"] for each in criteria}) == len(badges)
    for badge in badges:
        assert badge["credentialSubject"]["id"] == f"{badge['id']}#holder"
        assert badge["validFrom"] == badge["awardedDate"] == badge["proof"]["created"]
        assert badge["validUntil"][:4] == str(int(badge["validFrom"][:4]) + 3)


def test_nothing_is_told_of_the_holder_unless_the_project_asks(assessed: Program) -> None:
    run = assessed("issue", "--yes")
    assert "not told of: no name, no address" in run.stdout
    assert all("identifier" not in badge["credentialSubject"] for badge in read_badges(assessed).values())


GRADEBOOK = (
    "learner,name,email,Team charter,Sprint review,Meeting minutes,Peer review 1,Peer review 2,"
    "Conflict case,Retrospective\n"
    "points possible,,,10,10,10,10,10,10,10\n"
    "a1,Ada Lovelace,Ada@Example.edu,10,9,9,10,9,10,9\n"
)


@pytest.fixture
def small(project: Program) -> Program:
    """Return the program in a project with one learner, whose name and address are known."""
    project.write("gradebook.csv", GRADEBOOK)
    assert project("assess", "gradebook.csv", "--no-reports", "--quiet").status == 0
    assert project(*UNENCRYPTED).status == 0
    return project


def test_what_the_project_asks_for_is_told(small: Program) -> None:
    configure(small, "\nrecipient: {name: plain, email: hashed}\nresults: scores\n")
    run = small("issue", "--yes")
    assert run.status == 0, run.output
    assert "name (plain), e-mail address (hashed)" in run.stdout
    subject = read_badges(small)["a1"]["credentialSubject"]
    name, email = subject["identifier"]
    assert (name["identityType"], name["hashed"], name["identityHash"]) == ("name", False, "Ada Lovelace")
    digest = hashlib.sha256(f"ada@example.edu{email['salt']}".encode()).hexdigest()
    assert email["identityHash"] == f"sha256${digest}"
    assert len(email["salt"]) == 32
    scores = {each["resultDescription"].partition("#")[2]: each["value"] for each in subject["result"]}
    rows = read_table(small.folder / "out" / "decisions.csv")
    assert scores == {row["subcompetency"]: row["score"] for row in rows}
    assert small("verify", "badges").status == 0


def test_a_holder_who_lacks_what_is_to_be_told_stops_the_batch(assessed: Program) -> None:
    configure(assessed, "\nrecipient: {email: hashed}\n")
    run = assessed("issue", "--yes")
    assert run.status == 1
    assert "learners.csv, row 2: the project file wants the holder's e-mail address" in run.stderr
    assert "nothing was signed" in run.stderr
    assert not (assessed.folder / "badges").exists()


def test_a_dry_run_shows_the_plan_and_writes_nothing(assessed: Program) -> None:
    before = assessed.list()
    run = assessed("issue", "--dry-run", "--show-fields")
    assert run.status == 0, run.output
    assert "Teamwork (teamwork 1.0.0)" in run.stdout
    assert "What becomes public of teamwork" in run.stdout
    assert "  credentialSubject.achievement.name: Teamwork" in run.stdout
    assert "* id: urn:uuid:" in run.stdout
    assert "nothing was signed or written" in run.stderr
    assert assessed.list() == before


def test_the_plan_as_json(assessed: Program) -> None:
    run = assessed("issue", "--dry-run", "--show-fields", "--format", "json")
    plan = json.loads(run.stdout)
    assert plan["format"] == "microcred-issue/1"
    (rubric,) = plan["rubrics"]
    assert (rubric["to_sign"], rubric["before"], rubric["not_earned"]) == (18, 0, 14)
    assert plan["badges"] == []
    fields = {each["place"]: each for each in plan["fields"]["teamwork"]}
    assert fields["issuer.name"] == {"place": "issuer.name", "value": "Example College", "same": True}
    assert fields["id"]["same"] is False
    issued = json.loads(assessed("issue", "--yes", "--format", "json").stdout)
    assert {f"urn:uuid:{each}" for each in issued["badges"]} == {
        badge["id"] for badge in read_badges(assessed).values()
    }


def test_only_a_yes_signs(assessed: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    run = assessed("issue")
    assert run.status == 2
    assert "`--yes`" in run.stderr
    assert not (assessed.folder / "badges").exists()
    monkeypatch.setattr(issue, "ask_whether_to_sign", lambda *_, **__: None)
    assert assessed("issue").status == 0


def test_a_new_learner_gets_a_badge_and_the_others_no_second_one(small: Program) -> None:
    assert small("issue", "--yes").status == 0
    first = read_badges(small)
    small.write("gradebook.csv", GRADEBOOK + "b2,Bo Li,bo@example.edu,10,10,10,10,10,10,10\n")
    assert small("assess", "gradebook.csv", "--no-reports").status == 0
    run = small("issue", "--yes")
    assert "1 signed" in run.stderr
    both = read_badges(small)
    assert set(both) == {"a1", "b2"}
    assert both["a1"] == first["a1"]


def test_a_minor_version_issues_nothing_again_and_a_major_one_does(small: Program) -> None:
    rubric = small.folder / "rubrics" / "teamwork.yaml"

    def release(version: str) -> int:
        text = rubric.read_text(encoding="utf-8")
        lines = [f"version: {version}" if line.startswith("version:") else line for line in text.split("\n")]
        rubric.write_text("\n".join(lines), encoding="utf-8")
        assert small("assess", "gradebook.csv", "--no-reports").status == 0
        assert small("issue", "--yes").status == 0
        return len(list((small.folder / "badges").glob("*.json")))

    assert [release(version) for version in ("1.0.0", "1.1.0", "2.0.0", "2.0.1")] == [1, 1, 2, 2]
    rows = read_table(small.folder / "badges" / "issued.csv")
    assert [row["version"] for row in rows] == ["1.0.0", "2.0.0"]


def test_a_field_can_be_added_without_touching_python(small: Program) -> None:
    shipped = Path(__file__).parents[2] / "templates" / "credentials" / "achievement.json.j2"
    own = shipped.read_text(encoding="utf-8").replace(
        '"achievementType"', '"fieldOfStudy": "Team science",\n  "achievementType"'
    )
    small.write("templates/credentials/achievement.json.j2", own)
    assert small("issue", "--yes").status == 0
    achievement = read_badges(small)["a1"]["credentialSubject"]["achievement"]
    assert achievement["fieldOfStudy"] == "Team science"
    assert small("verify", "badges").status == 0


def test_a_term_that_no_context_defines_stops_everything(small: Program) -> None:
    shipped = Path(__file__).parents[2] / "templates" / "credentials" / "achievement.json.j2"
    own = shipped.read_text(encoding="utf-8").replace(
        '"achievementType"', '"courseRoom": "B 12",\n  "achievementType"'
    )
    small.write("templates/credentials/achievement.json.j2", own)
    run = small("issue", "--yes")
    assert run.status == 1
    assert "no context defines `courseRoom`" in run.stderr
    assert not (small.folder / "badges").exists()


def test_a_picture_of_the_rubrics_own(small: Program) -> None:
    art = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4" cx="4" cy="4"/></svg>'
    small.write("rubrics/own.svg", art)
    rubric = small.folder / "rubrics" / "teamwork.yaml"
    text = rubric.read_text(encoding="utf-8").replace("  image: teamwork.svg\n", "  image: own.svg\n")
    rubric.write_text(text, encoding="utf-8")
    assert small("assess", "gradebook.csv", "--no-reports").status == 0
    assert small("issue", "--yes").status == 0
    (picture,) = (small.folder / "badges").glob("*.svg")
    assert '<circle r="4" cx="4" cy="4"/>' in picture.read_text(encoding="utf-8")
    assert small("verify", "badges").status == 0


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")
def test_whose_the_badges_are_only_the_owner_may_read(small: Program) -> None:
    old = os.umask(0)
    try:
        assert small("issue", "--yes").status == 0
    finally:
        os.umask(old)
    for name in ("badges/issued.csv", "ledger.db"):
        assert stat.S_IMODE((small.folder / name).stat().st_mode) == 0o600


def test_what_is_missing_is_said_with_what_to_do(program: Program) -> None:
    run = program("issue")
    assert run.status == 2
    assert "microcred init" in run.stderr
    assert program("init").status == 0
    run = program("issue")
    assert run.status == 3
    assert "microcred assess" in run.stderr
    assert program("assess", "gradebook.csv", "--no-reports").status == 0
    run = program("issue")
    assert run.status == 3
    assert "microcred key new" in run.stderr
    assert program("key", "new", "first", "--unencrypted").status == 0
    assert program("key", "new", "second", "--unencrypted").status == 0
    run = program("issue", "--yes")
    assert run.status == 2
    assert "first, second" in run.stderr
    run = program("issue", "--yes", "--key", "scond")
    assert run.status == 2
    assert "did you mean `second`?" in run.stderr
    assert program("issue", "--yes", "--key", "second").status == 0


def test_a_key_for_jwts_signs_no_embedded_proof(project: Program) -> None:
    assert project("assess", "gradebook.csv", "--no-reports").status == 0
    assert project("key", "new", "jwt", "--type", "p-256", "--unencrypted").status == 0
    run = project("issue", "--yes")
    assert run.status == 2
    assert "embedded proofs take an Ed25519 key" in run.stderr


def test_an_edited_assessment_is_no_ground_for_a_badge(assessed: Program) -> None:
    awards = assessed.folder / "out" / "awards.csv"
    awards.write_text(awards.read_text(encoding="utf-8").replace("not-yet", "earned"), encoding="utf-8")
    run = assessed("issue", "--yes")
    assert run.status == 1
    assert "out/awards.csv was changed" in run.stderr
    assert not (assessed.folder / "badges").exists()


def test_a_passphrase_from_a_file_opens_the_key(project: Program) -> None:
    assert project("assess", "gradebook.csv", "--no-reports").status == 0
    secret = project.write("secret.txt", "correct horse battery\n")
    secret.chmod(0o600)
    assert project("key", "new", "--passphrase-file", "secret.txt").status == 0
    wrong = project.write("wrong.txt", "incorrect horse battery\n")
    wrong.chmod(0o600)
    run = project("issue", "--yes", "--passphrase-file", "wrong.txt")
    assert run.status == 2
    assert not (project.folder / "badges").exists()
    run = project("issue", "--yes", "--no-input")
    assert run.status == 2
    assert "--passphrase-file" in run.stderr
    assert project("issue", "--yes", "--passphrase-file", "secret.txt").status == 0


def test_a_key_for_jwts_does_not_stand_in_the_way_of_the_one_that_signs(assessed: Program) -> None:
    assert assessed("key", "new", "jwt", "--type", "p-256", "--unencrypted").status == 0
    assert assessed("issue", "--yes").status == 0
