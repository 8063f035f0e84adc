"""What docs/linting.md tells people to type and to copy."""

import re
from typing import Any

import yaml

from tests.shared import ROOT

GUIDE = (ROOT / "docs" / "linting.md").read_text(encoding="utf-8")
_CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_YAML = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)


def read_section(title: str) -> str:
    """Return what stands under a heading, up to the next one."""
    _, heading, rest = GUIDE.partition(f"# {title}\n")
    assert heading, title
    # A comment in a snippet begins like a heading, but with a small letter.
    return re.split(r"^#+ [A-Z]", rest, maxsplit=1, flags=re.MULTILINE)[0]


def list_commands(text: str) -> list[tuple[str, str]]:
    """Return each command to type, and what the text says it prints."""
    blocks = "".join(_CONSOLE.findall(text))
    commands = [each.partition("\n") for each in re.split(r"^\$ ", blocks, flags=re.MULTILINE)[1:]]
    return [(command.partition("  #")[0].strip(), output) for command, _, output in commands]


def read_snippet(title: str) -> str:
    """Return the one piece of YAML under a heading."""
    (snippet,) = _YAML.findall(read_section(title))
    return str(snippet)


def read_yaml(title: str) -> Any:
    """Return what the one piece of YAML under a heading holds."""
    return yaml.safe_load(read_snippet(title))
