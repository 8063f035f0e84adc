"""`make bench`: whole-process timings side by side, as ratios.

Each group runs its commands in turn, A B C A B C …, so that a machine that slows down slows all of them.
The median counts; the ratio is to the first command of the group. Nothing here is asserted by a test.
"""

import os
import random
import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = ROOT / ".venv" / "bin"
ROUNDS = 15
LONG_ROUNDS = 5

# Compiled modules are what users have; some machines forbid writing them.
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def run_once(command: Sequence[str], folder: Path) -> float:
    """Return the seconds a command took."""
    start = time.perf_counter()
    subprocess.run(
        command,
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return time.perf_counter() - start


def compare(title: str, commands: dict[str, Sequence[str]], folder: Path, rounds: int = ROUNDS) -> None:
    """Run the commands in turn and print medians and ratios to the first."""
    for command in commands.values() if rounds > 1 else ():  # one long round needs no warming up
        run_once(command, folder)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            times[name].append(run_once(command, folder))
    medians = {name: statistics.median(each) for name, each in times.items()}
    first = next(iter(medians.values()))
    print(f"\n{title} (median of {rounds}, spread, ratio to the first)")
    for name, median in medians.items():
        spread = f"{min(times[name]) * 1000:.0f}–{max(times[name]) * 1000:.0f}"
        print(f"  {name:<34} {median * 1000:9.1f} ms  {spread:>13}  {median / first:7.2f}×")


def write_rubrics(folder: Path, count: int) -> None:
    """Write rubrics of about 300 lines: the library's teamwork, repeated parts under other ids."""
    text = (ROOT / "rubrics" / "soft-skills" / "teamwork.yaml").read_text(encoding="utf-8")
    head, rest = text.replace("  image: teamwork.svg\n", "").split("subcompetencies:\n")
    parts, tail = rest.split("award:")
    for number in range(count):
        body = "".join(
            re.sub(r"^( {10}\w+: .*[^.])\.?$", rf"\1, in part {copy}.", renamed, flags=re.MULTILINE)
            for copy, renamed in enumerate(_rename(parts, copy) for copy in range(4))
        )
        badge = tail.split("badge:")[1]
        made = f"{head}subcompetencies:\n{body}award: all\nbadge:{badge}"
        made = made.replace("id: teamwork", f"id: teamwork-{number}", 1)
        (folder / f"r{number:04}.yaml").write_text(made, encoding="utf-8")


def _rename(parts: str, copy: int) -> str:
    """Return the sub-competencies with ids and titles of their own."""
    numbered = rf"  - id: \1-{copy}\n    title: \2 ({copy})"
    return re.sub(r"^  - id: (.*)\n    title: (.*)$", numbered, parts, flags=re.MULTILINE)


def write_gradebook(path: Path, learners: int, items: int) -> None:
    """Write a Canvas export of that many learners and items, the rubric's seven among them."""
    draw = random.Random(7)  # noqa: S311 - sample data
    used = [
        "Team charter",
        "Sprint review",
        "Meeting minutes",
        "Peer review 1",
        "Peer review 2",
        "Conflict case",
    ]
    names = [*used, "Retrospective", *(f"Quiz {number}" for number in range(items - 7))]
    heading = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    heading += [f"{name} ({number})" for number, name in enumerate(names, start=1000)]
    lines = [",".join(heading), ",".join(["    Points Possible", "", "", "", "", *["10.00"] * items])]
    for learner in range(learners):
        cells = [
            draw.choice([f"{draw.randint(0, 40) / 4:.2f}", f"{draw.randint(20, 40) / 4:.2f}", "", "EX"])
            for _ in names
        ]
        lines.append(
            ",".join(
                [f'"Last{learner}, First"', str(1000 + learner), f"S{learner}", f"l{learner}", "S", *cells]
            )
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Print every figure."""
    microcred, python = str(BIN / "microcred"), str(BIN / "python")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rubric = str(ROOT / "rubrics" / "soft-skills" / "teamwork.yaml")
        schema = folder / "rubric.schema.json"
        schema.write_bytes(
            subprocess.run([microcred, "schema", "rubric"], check=True, capture_output=True).stdout
        )
        against_schema = [str(BIN / "check-jsonschema"), "--schemafile", str(schema)]
        compare(
            "Start-up",
            {
                "python -c pass": [python, "-c", "pass"],
                "microcred --version": [microcred, "--version"],
                "microcred lint, one rubric": [microcred, "lint", rubric],
                "microcred --help": [microcred, "--help"],
                "yamllint, one rubric": [str(BIN / "yamllint"), rubric],
                "check-jsonschema, one rubric": [*against_schema, rubric],
            },
            folder,
        )
        many = folder / "many"
        many.mkdir()
        write_rubrics(many, 1000)
        lines = len((many / "r0000.yaml").read_text(encoding="utf-8").splitlines())
        compare(
            f"Lint of 1,000 rubrics of {lines} lines",
            {
                "microcred lint": [microcred, "lint", "--format", "concise", str(many)],
                "yamllint": [str(BIN / "yamllint"), str(many)],
                "check-jsonschema": [*against_schema, *map(str, sorted(many.glob("*.yaml")))],
            },
            folder,
            1,
        )
        gradebook = folder / "gradebook.csv"
        write_gradebook(gradebook, 300, 80)
        order = [microcred, "assess", str(gradebook), "--rubric", rubric, "--out", str(folder / "out")]
        compare(
            "Assess 300 learners × 80 items, cold",
            {
                "python -c 'import duckdb'": [python, "-c", "import duckdb"],
                "decisions only": [*order, "--no-reports"],
                "with 300 reports": order,
            },
            folder,
            LONG_ROUNDS,
        )


if __name__ == "__main__":
    main()
