"""Odd and damaged tables: by the engine as by records, or refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from microcred_cli.assessment.matching import name_items
from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.gradebooks.long_sql import LongColumns, list_witnesses
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.workflows import read_large
from microcred_cli.workflows.decide_cohort import Circumstances, Outcome, decide_cohort
from tests.assessment.cohorts import locate
from tests.large.engine import NOW, Decided, decide_by_engine, decide_file, gather, write_parquet
from tests.large.test_commands import RUBRIC
from tests.large.test_same_as_records import compare

LONG = settings.get_current_profile_name() == "long"

HEAD = "learner,item,score,date\n"
ROWS = "s1,Essay,3,2026-03-01\ns1,Talk,2,2026-03-02\ns2,Essay,1,2026-03-01\ns2,Talk,3,\n"
RICH = "learner,name,email,item,criterion,score,possible,date,rater,source,attempt,late\n"

DATES = (
    "2026-03-01",
    "2026-03-01T10:30",
    "2026-03-01 10:30",
    "2026-03-01T10:30:00Z",
    "2026-03-01 10:30:00",
    "2026-03-01T10:30:00+02:00",
    "2026-03-01T10:30:00.25Z",
    "2026-03-01 10:30:00 +0200",
    "2026-03-01 10:30 UTC",
    " 2026-03-01 ",
)

SAME: dict[str, str | bytes] = {
    "line breaks of several kinds": HEAD + ROWS + "\r\ns3,Essay,3,\n",
    "lone carriage returns": (HEAD + ROWS).replace("\n", "\r"),
    "a line break cut in two": (HEAD + ROWS).replace("\n", "\r\n")[:-1],
    "blank lines inside": HEAD + "s1,Essay,3,\n\ns1,Talk,3,\n  \n" + '""\n' + "s2,Talk,?!,\n",
    "blank cells of other spaces": HEAD + ROWS + "\t,\u00a0,,\n",
    "a cell too long": HEAD + ROWS + "x" * 131_073 + ",Essay,3,\n",
    "a long line of short cells": HEAD + ROWS + "x" * 70_000 + "," + "y" * 70_000 + ",3,\n",
    "a mark shown by an item not in use": "learner;item;score;possible\ns1;Other;0,5;4\n"
    "s1;Essay;2.5;4\ns1;Talk;3;4\n",
    "a mark shown by a zero before": "learner;item;score;possible\ns1;Essay;1;3\ns1;Talk;1;1,234\n"
    "s2;Other;1;01,234\n",
    "zeros before": HEAD + "s1,Essay,03,\ns1,Talk,0002.50,\ns2,Talk,00,\n",
    "moments before the first year and after the last": HEAD
    + "s1,Essay,3,0001-01-01T00:00:00+05:00\ns1,Talk,3,9999-12-31T23:59:59-05:00\n",
    "plain": HEAD + ROWS,
    "CRLF": (HEAD + ROWS).replace("\n", "\r\n"),
    "byte order mark": b"\xef\xbb\xbf" + (HEAD + ROWS).encode(),
    "semicolons": (HEAD + ROWS).replace(",", ";"),
    "tabs": (HEAD + ROWS).replace(",", "\t"),
    "quoted everything": '"learner","item","score"\n"s1","Essay","3"\n"s2","Talk","2"\n"s3","Talk",""\n',
    "line breaks in cells": HEAD + 's1,Essay,3,2026-03-01\n"s\n2",Talk,2,2026-03-02\ns3,Talk,?!,\n',
    "quotes in cells": HEAD + '"s""1",Essay,3,\n"s2",Talk,2,\n',
    "no line break at the end": (HEAD + ROWS).rstrip("\n"),
    "blank lines at the end": HEAD + ROWS + "\n\n\n",
    "rows of blank cells": HEAD + "s1,Essay,3,\n,,,\ns2,Talk,2,\n , ,,\n",
    "a short row": HEAD + ROWS + "s3,Essay,3\n",
    "a long row with text": HEAD + ROWS + "s3,Essay,3,,x\n",
    "much too long a row": HEAD + ROWS + "s3,Essay,3,,,,,\n",
    "a long row": HEAD + ROWS + "s3,Essay,3,,\n",
    "an open quote": HEAD + ROWS + 's3,"Essay,3,\n',
    "text behind a quote": HEAD + ROWS + 's3,"Essay"x,3,\n',
    "a quote inside": HEAD + ROWS + 's3,Ess"ay,3,\n',
    "NUL": HEAD + ROWS + "s3,Essay,\0003,\n",
    "not UTF-8": (HEAD + ROWS).encode() + "s3,Essäy,3,\n".encode("latin-1"),
    "headings twice": "learner,item,score,score\ns1,Essay,3,3\ns1,Talk,3,3\n",
    "headings of another case": "Learner, ITEM ,Score\ns1,Essay,3\ns1,Talk,3\n",
    "an unknown column": "learner,item,score,scroe\ns1,Essay,3,3\ns1,Talk,3,3\n",
    "no rows": HEAD,
    "decimal commas": "learner;item;score\ns1;Essay;2,5\ns1;Talk;2,75\n",
    "contradicting marks": "learner;item;score\ns1;Essay;2,5\ns1;Talk;2.75\n",
    "an ambiguous number": "learner;item;score\ns1;Essay;1,234\ns1;Talk;2\n",
    "an ambiguous number that others explain": "learner;item;score\ns1;Essay;1,234\ns1;Talk;2,5\n",
    "thousands": 'learner,item,score,possible\ns1,Essay,"1,234.5",2000\ns1,Talk,"2,000",2000\n',
    "points possible that show the mark": "learner;item;score;possible\ns1;Essay;1,234;2,5\ns1;Talk;1;2,5\n",
    "keys of another case": HEAD + ROWS + "S1,Essay,3,2026-04-01\n",
    "keys of another form": HEAD + "Zoë,Essay,3,\nZoe\u0308,Talk,3,\n",
    "keys with spaces": HEAD + " s1,Essay,3,2026-04-01\ns1 ,Talk,3,\ns  2,Talk,3,\n",
    "keys with and without spaces inside": HEAD + "s 1,Essay,3,\ns  1,Talk,3,\n",
    "a key that lost digits": HEAD + ROWS + "1.23457E+14,Essay,3,\n",
    "no key": HEAD + ROWS + ",Essay,3,\n",
    "no item": HEAD + ROWS + "s3, ,3,\n",
    "two names": RICH + "s1,Ann,,Essay,,3,4,,,,,\ns1,Bea,,Talk,,3,4,,,,,\ns2,Cy,,Talk,,3,4,,,,,\n",
    "a name given later": RICH + "s1,,,Essay,,3,4,,,,,\ns1,Bea,,Talk,,3,4,,,,,\n s1 ,Bea,,Talk,,3,4,,,,2,\n",
    "two e-mails": RICH + "s1,,a@x,Essay,,3,4,,,,,\ns1,,b@x,Talk,,3,4,,,,,\n",
    "the same score twice": HEAD + ROWS + "s1,Essay,3,2026-03-01\n",
    "the same score in two spellings": HEAD + ROWS + "s1,ESSAY,2,2026-03-01T00:00:00Z\n",
    "scores of an item in two spellings that nothing orders": RICH
    + "s1,,,Essay,,3,4,,,,,\ns1,,,Talk,,2,4,,,,,\ns2,,,essay,,3,4,,Kim,,,\ns2,,,essay,,2,4,,Lee,,,\n",
    "scores that nothing orders": RICH
    + "s1,,,Essay,,3,4,,Kim,,,\ns1,,,Essay,,2,4,,Lee,,,\ns1,,,Talk,,2,4,,,,,\n",
    "scores that replace others": RICH
    + "s1,,,Essay,,3,4,2026-01-01,Kim,,,\ns1,,,Essay,,2,4,2026-02-01,Kim,,,\n"
    "s1,,,Talk,,2,4,,,,,\n",
    "agreed marks": RICH + "s1,,,Essay,,3,4,,Kim,,1,\ns1,,,Essay,,2,4,,Agreed,,1,\ns1,,,Talk,,2,4,,,,,\n",
    "criteria where none is asked for": RICH + "s1,,,Essay,Form,3,4,,,,,\ns1,,,Talk,,2,4,,,,,\n",
    "criteria beside scores of their own": RICH
    + "s1,,,Essay,Form,3,4,,,,,\ns1,,,Essay,,2,4,,,,,\ns1,,,Talk,,2,4,,,,,\n",
    "blank points possible": RICH + "s1,,,Essay,,3,4,,,,,\ns2,,,Essay,,2,,,,,,\ns1,,,Talk,,2,4,,,,,\n",
    "other points possible": RICH + "s1,,,Essay,,3,4,,,,,\ns2,,,Essay,,2,8,,,,,\ns1,,,Talk,,2,4,,,,,\n",
    "points possible of zero": RICH + "s1,,,Essay,,3,0,,,,,\ns1,,,Talk,,2,4,,,,,\n",
    "far above the points possible": RICH
    + "s1,,,Essay,,41,4,,,,,\ns2,,,Essay,,2,4,,,,,\ns1,,,Talk,,2,4,,,,,\n",
    "above the top level": HEAD + ROWS + "s3,Essay,3.5,\n",
    "words": HEAD + ROWS + "s3,Essay,b,\ns3,Talk,B ,\n",
    "unknown words": HEAD + ROWS + "s3,Essay,superb,\n",
    "states": HEAD + ROWS + "s3,Essay,EX,\ns4,Essay,N/A,\ns5,Essay,,\ns6,Talk,Ungraded,\ns7,Talk,missing,\n",
    "an unused item full of errors": HEAD + ROWS + "s3,Other,?!,soon\n",
    "dates of all forms": HEAD
    + "".join(f"s{number},Essay,3,{date}\n" for number, date in enumerate(DATES))
    + "s0,Talk,3,\n",
    "item names of another case": HEAD + "s1,essay,3,\ns2, Essay,3,\ns1,TALK,3,\n",
}


def decide(table: bytes) -> tuple[Outcome, Decided]:
    inputs = gather([RUBRIC.encode()])
    rubrics = [each.rubric for each in inputs.rubrics]
    gradebook = read_gradebook("g.csv", table, GradebookSettings(only=name_items(rubrics)))
    return decide_cohort(rubrics, [gradebook], locate, Circumstances(NOW)), decide_by_engine(
        [RUBRIC.encode()], table
    )


@pytest.mark.parametrize("name", SAME)
def test_by_the_engine_as_by_records(name: str) -> None:
    table = SAME[name]
    compare(*decide(table.encode() if isinstance(table, str) else table))


def test_a_table_cut_at_any_byte_is_decided_as_far_as_it_goes_or_refused() -> None:
    whole = (
        HEAD + '"s1",Essay,3,2026-03-01\ns1,"Ta""lk",2,\nsé,Talk,2.5,\ns2,Talk,3,2026-03-01T10:00:00Z\n'
    ).encode()
    for end in range(len(HEAD), len(whole), 1 if LONG else 2):
        outcome, decided = decide(whole[:end])
        if whole[:end].endswith(b"\n") or b"\n" in whole[end - 1 : end]:
            compare(outcome, decided)
        else:
            assert bool(outcome.problems) <= bool(decided.problems)


def test_a_large_table_begins_with_its_heading() -> None:
    (problem,) = decide_by_engine([RUBRIC.encode()], f"Course\n{HEAD}{ROWS}".encode()).problems
    assert "must be its heading" in problem.message


QUOTES = (
    '"s2" ,Essay,3,A',
    '"s2"   ,Essay,3,A',
    's2,Essay,3,"A" ',
    '"s2" "x",Essay,3,A',
    ' "s2,x",Essay,3,A',
    's2,Essay,3, "Ann, B"',
    's2,Essay, "4",A',
    's2,Essay,"4" ,A',
    's2, "Essay",4,A',
    ' "s2" , "Essay" ,4, "A"',
    '"s2"\t,Essay,4,A',
    's2,\t"Essay",4,A',
    's2,Essay,4,"say ""hi"" to A"',
)


@pytest.mark.parametrize("row", QUOTES)
def test_quotes_with_something_beside_them(row: str) -> None:
    compare(*decide(f"learner,item,score,name\ns1,Essay,3,A\ns1,Talk,3,A\n{row}\n".encode()))
    if "\t" not in row:
        table = f"learner,item,score,name\ns1,Essay,3,A\ns1,Talk,3,A\n{row}\n".replace(",", "\t")
        compare(*decide(table.encode()))


def test_a_contradiction_is_found_behind_a_thousand_harmless_ones() -> None:
    rows = [
        f"s{number:04},Essay,3,Ada{number}\ns{number:04},Talk,3,Ada{number}\t\n" for number in range(1_200)
    ]
    table = "learner,item,score,name\n" + "".join(rows) + "zz,Essay,3,Ada\nzz,Talk,3,Bob\n"
    compare(*decide(table.encode()))


@pytest.mark.parametrize("mark", [",", "."])
def test_a_mark_that_shows_late_in_the_file_holds_for_all_of_it(
    mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("choose_engine", "open_large"):
        monkeypatch.setattr(f"microcred_cli.workflows.{module}.START", 40)
    table = f"learner;item;score\ns1;Essay;2\ns1;Talk;3\ns2;Essay;2{mark}5\ns2;Talk;1{mark}234\n".encode()
    compare(*decide(table))


def test_too_many_different_texts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_large, "MAXIMUM_WITNESSES", 5)
    table = HEAD + "".join(f"s{number},Essay,word {number},\n" for number in range(9))
    (problem,) = decide_by_engine([RUBRIC.encode()], table.encode()).problems
    assert "different things" in problem.message


DAMAGED = {
    "cut": lambda data: data[: len(data) // 2],
    "without its end": lambda data: data[:-9],
    "changed inside": lambda data: data[:40] + bytes(200) + data[240:],
    "only its beginning": lambda data: data[:4],
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_parquet_file_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "g.parquet"
    write_parquet((HEAD + ROWS).encode(), path)
    path.write_bytes(DAMAGED[name](path.read_bytes()))
    decided = decide_file(gather([RUBRIC.encode()]), path)
    assert decided.problems
    assert decided.decisions is None


def test_a_text_without_a_witness_is_never_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def forget_dates(columns: LongColumns) -> Iterator[str]:
        return (query for query in list_witnesses(columns) if "r.date" not in query)

    monkeypatch.setattr(read_large, "list_witnesses", forget_dates)
    table = HEAD + "s1,Essay,3,2026-03-01\ns2,Essay,3,2026-03-01 10:30 UTC\ns1,Talk,2,\ns3,Essay,3,\n"
    with pytest.raises(AssertionError, match="1 rows of the table have no witness"):
        decide_by_engine([RUBRIC.encode()], table.encode())
