"""JUnit XML, as GitLab, Jenkins and Azure Pipelines read it: a suite for each file, a case for each finding.

A finding that weighs enough fails its case; one that weighs less passes, with its text as the output. So the
report is good exactly when the exit status is.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from xml.etree import ElementTree as ET

from microcred_cli.linting.formats.text import render_finding
from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.texts.lines import LineIndex
from microcred_cli.texts.safe import safe

Fails = Callable[[LintFinding], bool]

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Jenkins takes what stands before the last dot for a Java package.
_EXTENSION = re.compile(r"\.ya?ml\Z")


def render(files: Sequence[LintedFile], fails: Fails) -> str:
    """Return the findings as XML in ASCII; ``fails`` says which of them are failures."""
    suites = [_make_suite(file, fails) for file in files]
    root = ET.Element("testsuites", {"name": "microcred lint", **_add_up(suites)})
    root.extend(suites)
    ET.indent(root)
    written = ET.tostring(root, encoding="us-ascii").decode("ascii")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}'


def _add_up(suites: Sequence[ET.Element]) -> dict[str, str]:
    return {
        name: str(sum(int(suite.get(name, "0")) for suite in suites))
        for name in ("tests", "failures", "errors")
    }


def _make_suite(file: LintedFile, fails: Fails) -> ET.Element:
    name = _clean(safe(file.name))
    suite = ET.Element("testsuite", name=name)
    lines = LineIndex(file.document.text)
    # GitLab takes only the first of several cases of one name.
    seen: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    for finding in file.findings:
        title = _clean(f"{finding.code} {finding.slug}: {safe(finding.message)}")
        seen[title] += 1
        number = f" ({seen[title]})" if seen[title] > 1 else ""
        case = _add_case(suite, name, f"{title}{number}")
        outcomes[_judge(case, finding, lines, fails)] += 1
    if not file.findings:
        _add_case(suite, name, "nothing found")
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(outcomes["failure"]))
    suite.set("errors", "0")
    suite.set("skipped", str(outcomes["skipped"]))
    return suite


def _add_case(suite: ET.Element, file: str, title: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=_EXTENSION.sub("", file), name=title)


def _judge(case: ET.Element, finding: LintFinding, lines: LineIndex, fails: Fails) -> str:
    """Give a case its outcome, and return how that is called."""
    message = _clean(safe(finding.message))
    if finding.suppressed is not None:
        reason = _clean(safe(finding.suppressed)) or "suppressed without a reason"
        # GitLab shows the text, the others the message.
        outcome = ET.SubElement(case, "skipped", message=reason)
        outcome.text = reason
    elif fails(finding):
        outcome = ET.SubElement(case, "failure", type=finding.slug, message=message)
        outcome.text = _clean(render_finding(finding, lines))
    else:
        outcome = ET.SubElement(case, "system-out")
        outcome.text = _clean(render_finding(finding, lines))
    return outcome.tag


def _clean(text: str) -> str:
    """Return the text with what XML cannot hold written out as an escape."""
    return _NOT_XML.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)
