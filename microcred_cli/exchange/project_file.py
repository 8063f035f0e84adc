"""The project file of a new project: the shipped template with the answers put in, comments kept."""

import re
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from microcred_cli.texts.scalars import is_ambiguous_scalar, resolve_plain_scalar

# What the template says beside the placeholders.
_INVITATION = "change this: "
_URL_PLACEHOLDER = re.compile(r"^ *# url: \S+ *(?=#)", re.MULTILINE)
_LONGEST_LINE = 20_000


def fill_project_file(template: str, *, name: str | None = None, url: str | None = None) -> str:
    """Return the text of the template with the issuer's name and web address in it.

    What is None stays as the template has it: the name a placeholder, the address a comment.
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _LONGEST_LINE
    yaml.indent(mapping=2, sequence=4, offset=2)
    project = yaml.load(template)
    if name is not None:
        _set_name(project["issuer"], name)
    if url is not None:
        _set_url(project["issuer"], url)
    stream = StringIO()
    yaml.dump(project, stream)
    return stream.getvalue()


def _set_name(issuer: Any, name: str) -> None:
    issuer["name"] = _write_text(name)
    remark = _find_remark(issuer)
    remark.value = remark.value.replace(_INVITATION, "", 1)


def _set_url(issuer: Any, url: str) -> None:
    """Turn the commented-out address into a real one, in the same place.

    ruamel.yaml hangs all comments up to the next key on the value before them; what follows the
    placeholder has to move to the new value.
    """
    remark = _find_remark(issuer)
    before, after = _URL_PLACEHOLDER.split(remark.value, maxsplit=1)
    remark.value = before
    issuer.insert(1, "url", _write_text(url))
    issuer.yaml_add_eol_comment(after, "url", column=remark.start_mark.column)


def _find_remark(issuer: Any) -> Any:
    """Return the comment behind the name, with all lines of comment below it."""
    return issuer.ca.items["name"][2]


def _write_text(text: str) -> str:
    """Quote what would not be text without quotes, in YAML 1.1 or 1.2; the rest as people write it."""
    if isinstance(resolve_plain_scalar(text), str) and not is_ambiguous_scalar(text):
        return text
    quoted: str = DoubleQuotedScalarString(text)
    return quoted
