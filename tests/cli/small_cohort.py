"""Three learners, two scores each, and a rubric of two sub-competencies."""

from tests.cli.program import Program

RUBRIC = """\
format: microcred/1
id: r
version: 1.0.0
title: R
levels: [{id: a, title: A, points: 1}, {id: b, title: B, points: 3}]
shown_at: b
subcompetencies:
  - id: x
    title: X
    criteria: [{id: c, title: C}]
    evidence: [{item: Essay}, {item: Talk}]
    decide: {by: average}
  - {id: y, title: Y, criteria: [{id: c, title: C}], evidence: [{item: Talk}]}
"""
GRADES = "learner,name,Essay,Talk\ns1,Canary One,3,3\ns2,Canary Two,2,1\ns3,Canary Three,3,\n"
# s1's talk is worth less, s2's essay more, s3 has given the talk.
LATER = "learner,name,Essay,Talk\ns1,Canary One,3,1\ns2,Canary Two,3,1\ns3,Canary Three,3,3\n"


def assess(program: Program, gradebook: str = "g.csv", *options: str, rubric: str = "r.yaml") -> None:
    run = program("assess", gradebook, "--rubric", rubric, "--no-reports", "--quiet", *options)
    assert run.status == 0, run.output
