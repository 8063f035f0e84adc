"""What a badge tells in words: the European elements, where a rubric has them, and nothing of them else."""

from microcred_cli.credentials.badge import EarnedAward, describe_narrative
from microcred_cli.files.package_data import read_data
from microcred_cli.model.decision import Decision
from microcred_cli.model.gradebook import Learner
from microcred_cli.model.results import DecisionRow
from microcred_cli.model.rubric import EuropeanElements, Rubric
from microcred_cli.rendering.document_renderer import DocumentRenderer
from microcred_cli.schema.rubric import read_rubric
from microcred_cli.texts.yaml_reader import read_yaml_text

RUBRIC = """
format: microcred/1
id: teamwork
version: 1.0.0
title: Teamwork
levels: [{id: low, title: Low, points: 1}, {id: high, title: High, points: 2}]
shown_at: high
subcompetencies:
  - id: listens
    title: Listens
    criteria:
      - {id: takes-in, title: Takes in what others say, descriptors: {high: Sums up before answering.}}
      - {id: asks, title: Asks back}
    evidence: [{item: Minutes}]
  - id: writes
    title: Writes
    criteria: [{id: minutes, title: Writes minutes}]
    evidence: [{item: Minutes}]
award: {at_least: 1}
badge: {name: Teamwork}
"""
NAME = "credentials/narrative.md.j2"
# As it was before there were elements, to the byte.
WITHOUT = """To earn this badge: Listens or Writes. Each counts from the level High up.
**Listens: High**

- Takes in what others say: Sums up before answering.
- Asks back
"""
WITH = """
**About this micro-credential**

- Country or region of the issuer: NL, BE-VLG
- Workload: 2 ECTS
- Quality assurance: Reviewed by the faculty
"""


def read_sample() -> Rubric:
    rubric, _ = read_rubric(read_yaml_text(RUBRIC))
    assert rubric is not None
    return rubric


def tell(european: EuropeanElements | None) -> str:
    rubric = read_sample()
    assert rubric.badge is not None
    rubric = rubric._replace(badge=rubric.badge._replace(european=european))
    rows = (
        DecisionRow("a", rubric.id, "1.0.0", "listens", Decision.SHOWN, "high", None, 1, "highest"),
        DecisionRow("a", rubric.id, "1.0.0", "writes", Decision.NOT_YET, None, None, 1, "highest"),
    )
    context = describe_narrative(EarnedAward(Learner("a"), rubric, rows))
    told = DocumentRenderer({NAME: read_data("templates", NAME).decode()}).render(NAME, context)
    assert isinstance(told, str)
    return told.strip()


def test_a_rubric_without_elements_tells_what_it_always_told() -> None:
    assert tell(None) == WITHOUT.strip()
    assert tell(EuropeanElements()) == WITHOUT.strip()


def test_elements_stand_below_what_was_shown() -> None:
    elements = EuropeanElements(
        countries=("NL", "BE-VLG"), workload="2 ECTS", quality_assurance="Reviewed by\n\n  the faculty\n"
    )
    assert tell(elements) == f"{WITHOUT}{WITH}".strip()


def test_all_elements_of_the_record_are_told() -> None:
    assert read_sample().badge is not None
    texts = dict.fromkeys(EuropeanElements._fields[1:], "given")
    told = tell(EuropeanElements(countries=("given",), **texts))
    assert told.count(": given") == len(EuropeanElements._fields)
