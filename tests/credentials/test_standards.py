"""The published contexts and schema in the package: pinned, unchanged, and accounted for."""

import hashlib
import json
import re

import pytest

from microcred_cli.credentials.library import CONTEXTS, OB_CONTEXT, SCHEMA, VC_CONTEXT
from microcred_cli.files.package_data import read_standard
from microcred_cli.model.errors import DamagedInstallationError
from microcred_cli.workflows.read_library import read_library
from tests.shared import ROOT, find_shared

FOLDER = ROOT / "microcred_cli" / "standards"
INDEX = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
ENTRIES = [*INDEX["contexts"].values(), INDEX["schema"]]
FILES = [entry["file"] for entry in ENTRIES]

SCHEMAS = "conform-ed-vendored-1edtech-schemas/packages/coverage/vendor/open-badges/v3_0/"
VALIDATOR = "1edtech-validator/inspector-vc/src/main/resources/contexts/"
LIBRARY = "pypi-openbadgeslib-contexts/"

# Where else these texts were found, by whoever carries them.
COPIES = [
    ("credentials-v2.json", "w3c-vc-data-model/contexts/credentials/v2"),
    ("credentials-v2.json", f"{LIBRARY}credentials-v2.json"),
    ("credentials-v2.json", f"{VALIDATOR}credentials-v2.jsonld"),
    ("ob-v3p0-context-3.0.1.json", f"{LIBRARY}ob-v3p0-context-3.0.1.json"),
    ("ob-v3p0-context-3.0.2.json", f"{LIBRARY}ob-v3p0-context-3.0.2.json"),
    ("ob-v3p0-context-3.0.3.json", f"{LIBRARY}ob-v3p0-context-3.0.3.json"),
    ("ob-v3p0-context-3.0.3.json", f"{VALIDATOR}ob-v3p0-3.0.3.json"),
    ("ob-v3p0-extensions.json", f"{LIBRARY}ob-v3p0-extensions.json"),
    (
        "ob_v3p0_achievementcredential_schema.json",
        f"{SCHEMAS}ob_v3p0_achievementcredential_schema.json",
    ),
]
# These differ in white space: they say the same.
REWRITTEN = [
    ("ob-v3p0-context-3.0.1.json", f"{VALIDATOR}ob-v3p0-3.0.1.json"),
    ("ob-v3p0-context-3.0.2.json", f"{VALIDATOR}ob-v3p0-3.0.2.json"),
    ("ob-v3p0-extensions.json", f"{VALIDATOR}ob-v3p0-extensions.json"),
]
TEXT_A = "npm-open-badges-context/context-3.0.3.json"


@pytest.mark.parametrize("entry", ENTRIES, ids=FILES)
def test_every_digest_is_right(entry: dict[str, str]) -> None:
    assert hashlib.sha256((FOLDER / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


def test_every_file_is_in_the_index_once() -> None:
    assert len(FILES) == len(set(FILES))
    assert {path.name for path in FOLDER.iterdir()} == {*FILES, "index.json", "PROVENANCE.md"}


def test_the_context_of_the_w3c_has_the_digest_the_w3c_publishes() -> None:
    # VC Data Model 2.0, B.1: the one published digest there is, of a text that never changes.
    assert INDEX["contexts"][VC_CONTEXT]["sha256"] == (
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
    )


@pytest.mark.parametrize(("file", "copy"), COPIES)
def test_every_file_is_as_others_have_it(file: str, copy: str) -> None:
    assert (FOLDER / file).read_bytes() == find_shared("standards", *copy.split("/")).read_bytes()


@pytest.mark.parametrize(("file", "copy"), REWRITTEN)
def test_some_have_it_with_other_white_space(file: str, copy: str) -> None:
    theirs = find_shared("standards", *copy.split("/")).read_bytes()
    assert (FOLDER / file).read_bytes() != theirs
    assert json.loads((FOLDER / file).read_bytes()) == json.loads(theirs)


def test_every_file_has_a_copy() -> None:
    assert {file for file, _ in COPIES} == set(FILES)


def test_text_a_lacks_two_terms_and_is_otherwise_the_same() -> None:
    ours = json.loads((FOLDER / "ob-v3p0-context-3.0.3.json").read_bytes())["@context"]
    text_a = json.loads(find_shared("standards", *TEXT_A.split("/")).read_bytes())["@context"]
    assert set(ours) - set(text_a) == {"endorsementJwt", "jti"}
    assert text_a == {term: ours[term] for term in text_a}


def test_the_provenance_names_every_file_and_address() -> None:
    text = (FOLDER / "PROVENANCE.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    for address, entry in [*INDEX["contexts"].items(), (SCHEMA, INDEX["schema"])]:
        # A row may shorten: `…-3.0.2.json`, and one address for several files.
        tail = re.sub(r"^.*(-3\.0\.\d\.json)$", r"…\1", entry["file"])
        (row,) = [each for each in rows if f"`{entry['file']}`" in each or f"`{tail}`" in each]
        assert address in row or f"<{address.rpartition('/')[0]}/>" in row
        assert row.count("|") == 5
        assert all(cell.strip() for cell in row.split("|")[1:-1])


def test_what_badges_name_is_there() -> None:
    assert set(CONTEXTS) <= set(read_library().contexts) == set(INDEX["contexts"])
    assert read_library().schema["$id"].rstrip("#") == SCHEMA
    for file in FILES:
        assert isinstance(json.loads((FOLDER / file).read_bytes()), dict)


@pytest.mark.parametrize("file", FILES)
def test_a_changed_file_is_not_used(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(name: str) -> bytes:
        return read_standard(name) + (b" " if name == file else b"")

    monkeypatch.setattr("microcred_cli.workflows.read_library.read_standard", read)
    with pytest.raises(DamagedInstallationError, match=re.escape(file)):
        read_library.__wrapped__()
    assert OB_CONTEXT in read_library().contexts
