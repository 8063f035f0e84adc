"""Files made to break a verifier: each gets its answer, none a traceback, and none is taken for a badge."""

import gzip
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microcred_cli.credentials.verification import Verifier
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.verification import Outcome
from microcred_cli.texts.json_reader import read_json
from microcred_cli.workflows.read_library import read_library
from microcred_cli.workflows.verify_badges import VerifiedFile, verify_files
from tests.cli.program import Program
from tests.credentials import forging
from tests.credentials.test_changed_bytes import SMALL
from tests.interop.sample import build_credential, build_status, build_status_list
from tests.shared import find_shared

LONG = settings.get_current_profile_name() == "long"

MEMORY = 2 * 1024**3
# Nothing here takes more than a few seconds; a program that hangs shall not hang the suite.
PATIENCE = 240

_OPEN = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">'
    b"<openbadges:credential>"
)
_LAUGHS = b"".join(b'<!ENTITY a%d "%s">' % (each, b"&a%d;" % (each - 1) * 10) for each in range(1, 30))


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    return Program(tmp_path, monkeypatch)


def _write(change: Callable[[dict[str, Any]], object]) -> bytes:
    badge = forging.build_badge()
    change(badge)
    return forging.write(badge)


def _tie(number: int, degree: int) -> list[dict[str, Any]]:
    """Return nodes that look alike in a ring, each with `degree` neighbours ahead (dataset poisoning)."""
    return [
        {
            "id": f"_:n{each}",
            "type": ["Profile"],
            "parentOrg": [{"id": f"_:n{(each + step) % number}"} for step in range(1, degree + 1)],
        }
        for each in range(number)
    ]


def _branch(degree: int, depth: int) -> dict[str, Any]:
    node: dict[str, Any] = {"type": ["Profile"], "name": "a"}
    return node if depth == 0 else {**node, "parentOrg": [_branch(degree, depth - 1)] * degree}


def _set(key: str, value: Any) -> bytes:
    return _write(lambda badge: badge.update({key: value}))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "deep lists.json": lambda: b"[" * 10_000,
    "deep objects.json": lambda: b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "five million brackets.json": lambda: b"[" * 4_900_000,
    "too large.json": lambda: b'"' + b"a" * 6_000_000 + b'"',
    "long name.json": lambda: _set("name", "x" * 4_900_000),
    "many keys.json": lambda: _write(
        lambda badge: badge.update({f"k{each}": each for each in range(100_000)})
    ),
    "many pieces of evidence.json": lambda: _set("evidence", [{"type": ["Evidence"]}] * 150_000),
    "as many as are read.json": lambda: _set("evidence", [{"type": ["Evidence"]}] * 3_100),
    "many empty objects.json": lambda: _set("issuer", [{}] * 1_000_000),
    "many issuers, as many as are read.json": lambda: _set("issuer", [{}] * 9_500),
    "many contexts.json": lambda: _write(
        lambda badge: badge["@context"].extend(badge["@context"][1:2] * 70_000)
    ),
    "many contexts in a list.json": lambda: _write(
        lambda badge: badge["@context"].append(badge["@context"][1:2] * 9_000)
    ),
    "many nested contexts.json": lambda: _write(
        lambda badge: badge.update(evidence=[{"@context": badge["@context"], "type": ["Evidence"]}] * 2_000)
    ),
    "many proofs.json": lambda: _write(lambda badge: badge.update(proof=[badge["proof"]] * 9_000)),
    "many empty proofs.json": lambda: _set("proof", [{"type": "DataIntegrityProof"}] * 4_700),
    "many types.json": lambda: _write(lambda badge: badge["type"].extend(["Achievement"] * 400_000)),
    "digits.json": lambda: b"[" + b"1" * 4_900_000 + b"]",
    "decimals.json": lambda: b"[1." + b"1" * 4_900_000 + b"]",
    "backslashes.json": lambda: b'"' + b"\\" * 4_900_001,
    "quotation marks.json": lambda: b'"' * 4_900_000,
    "halves of characters.json": lambda: b'["' + b"\\ud800" * 800_000 + b'"]',
    "ring.json": lambda: _set("evidence", _tie(200, 1)),
    "clique.json": lambda: _set("evidence", _tie(12, 11)),
    "wide ring.json": lambda: _set("evidence", _tie(30, 3)),
    "tree.json": lambda: _set("issuer", _branch(3, 6)),
    "narrow tree.json": lambda: _set("issuer", _branch(2, 9)),
    "laughs.svg": lambda: b'<!DOCTYPE svg [<!ENTITY a0 "ha">' + _LAUGHS + b"]>" + _OPEN + b"&a29;",
    "laughs elsewhere.svg": lambda: b'<!DOCTYPE svg [<!ENTITY a SYSTEM "/dev/zero">]>' + _OPEN + b"&a;",
    "deep.svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 1_000_000,
    "many elements.svg": lambda: (
        b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g/>" * 1_000_000 + b"</svg>"
    ),
    "many attributes.svg": lambda: (
        b'<svg xmlns="http://www.w3.org/2000/svg"'
        + b"".join(b' a%d=""' % each for each in range(300_000))
        + b"/>"
    ),
    "long namespace.svg": lambda: (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:a="'
        + b"u" * 2_000_000
        + b'">'
        + b"<a:b/>" * 400_000
        + b"</svg>"
    ),
    "long namespace of attributes.svg": lambda: (
        b"<svg xmlns='http://www.w3.org/2000/svg' xmlns:a = '"
        + b"u" * 2_000_000
        + b"'>"
        + b'<g a:b=""/>' * 200_000
    ),
    "long prefix.svg": lambda: (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:'
        + b"a" * 2_000_000
        + b'="'
        + b"u" * 2_000_000
        + b'"/>'
    ),
    "references.svg": lambda: _OPEN + b"&#65;" * 900_000 + b"</openbadges:credential></svg>",
    "sections.svg": lambda: _OPEN + b"<![CDATA[x]]>" * 300_000 + b"</openbadges:credential></svg>",
    "compressed.svg": lambda: gzip.compress(_OPEN),
    "NUL.svg": lambda: _OPEN.replace(b"<svg", b"<svg\0") + bytes(1_000_000),
    "comments.svg": lambda: b"<!---->" * 600_000 + b"<!DOCTYPE",
    "instructions.svg": lambda: b"<?a?>" * 900_000 + b"<!DOCTYPE",
}


def _limit() -> None:
    import resource  # noqa: PLC0415 - only POSIX has it

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.mark.skipif(os.name != "posix", reason="limits of memory are POSIX's")
def test_all_of_them_within_bounds(tmp_path: Path) -> None:
    for name, make in HOSTILE.items():
        (tmp_path / name).write_bytes(make())
    run = subprocess.run(
        [sys.executable, "-m", "microcred_cli", "verify", ".", "--format", "json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        preexec_fn=_limit,
    )
    assert run.stderr == ""
    assert run.returncode == 1
    outcomes = {each["file"]: each["outcome"] for each in json.loads(run.stdout)["files"]}
    assert outcomes == dict.fromkeys(HOSTILE, "failed")


def _verify(folder: Path, name: str, data: bytes) -> VerifiedFile:
    path = folder / name
    path.write_bytes(data)
    (file,) = verify_files([path], [])
    return file


@pytest.mark.parametrize("suffix", ["json", "svg"])
def test_files_of_a_corpus_of_json(tmp_path: Path, suffix: str) -> None:
    corpus = find_shared("corpora", "JSONTestSuite")
    files = sorted(corpus.rglob("*.json"))
    assert len(files) > 300
    for path in files:
        file = _verify(tmp_path, f"badge.{suffix}", path.read_bytes())
        assert file.outcome is Outcome.FAILED, path.name


@pytest.mark.parametrize("suffix", ["json", "svg", "png"])
def test_files_of_a_corpus_of_pictures(tmp_path: Path, suffix: str) -> None:
    for path in sorted(find_shared("corpora", "PngSuite").rglob("*.png")):
        file = _verify(tmp_path, f"badge.{suffix}", path.read_bytes())
        assert file.outcome is (Outcome.UNCHECKED if suffix == "png" else Outcome.FAILED), path.name


@given(st.binary(max_size=200))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    for name in ("any.json", "any.svg"):
        assert _verify(folder, name, data).outcome is Outcome.FAILED


@given(st.data())
def test_any_bytes_inside_a_badge(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.getbasetemp()
    text = forging.write(forging.build_badge())
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    changed = text[:start] + data.draw(st.binary(max_size=20)) + text[end:]
    file = _verify(folder, "any.json", changed)
    if file.outcome is Outcome.PASSED:
        assert read_json(changed) == read_json(text)
    picture = _OPEN + b"<![CDATA[" + changed + b"]]></openbadges:credential></svg>"
    assert _verify(folder, "any.svg", picture).outcome is file.outcome or b"]]>" in changed


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from([*SMALL, "@id", "@type", "@value", "a", "proof"]), inner)
    ),
)


@given(_JSON, st.sampled_from([*SMALL, "proof"]))
def test_any_json(tmp_path_factory: pytest.TempPathFactory, value: Any, key: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    for document in (value, {**forging.build_badge(), key: value}):
        assert _verify(folder, "any.json", json.dumps(document).encode()).outcome is not Outcome.PASSED


def test_status_lists_of_any_kind(program: Program) -> None:
    document = {**build_credential(), "credentialStatus": build_status(5)}
    program.write("badge.json", forging.write(forging.sign(document)))
    good = forging.sign(build_status_list(6))
    program.write("list.json", forging.write(good))
    assert program("verify", "badge.json", "--status-list", "list.json").status == 0
    for content in (b"", b"[]", b"{", b"null", b"\xff", b"[" * 10_000, forging.write({**good, "proof": []})):
        program.write("list.json", content)
        run = program("verify", "badge.json", "--status-list", "list.json")
        assert run.status == 1
        assert "list.json" in run.stderr


def _read_naughty_strings() -> list[str]:
    text = (find_shared("corpora", "blns") / "blns.json").read_text(encoding="utf-8")
    return [str(each) for each in json.loads(text)]


def _is_safe(text: str) -> bool:
    return not any(
        unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(each) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        for each in text.replace("\n", "")
    )


def _fill_texts(text: str) -> dict[str, Any]:
    """Return a badge with this text wherever a text may stand."""
    badge: dict[str, Any] = json.loads(json.dumps(SMALL))
    subject, achievement = badge["credentialSubject"], badge["credentialSubject"]["achievement"]
    badge |= {"name": text, "description": text}
    badge["evidence"] = [
        {"type": ["Evidence"]} | dict.fromkeys(("name", "description", "narrative", "genre"), text)
    ]
    badge["issuer"] |= dict.fromkeys(("name", "description", "phone", "familyName"), text)
    subject |= dict.fromkeys(("narrative", "role", "term", "licenseNumber"), text)
    subject["result"][0]["value"] = text
    achievement |= dict.fromkeys(("name", "description", "fieldOfStudy", "humanCode", "version"), text)
    achievement |= {"criteria": {"narrative": text}, "tag": [text]}
    achievement["alignment"] = [
        {"type": ["Alignment"], "targetUrl": "https://example.org"}
        | dict.fromkeys(("targetName", "targetCode", "targetDescription", "targetFramework"), text)
    ]
    achievement["resultDescription"][0] |= dict.fromkeys(("name", "valueMin", "valueMax"), text)
    achievement["resultDescription"][0]["rubricCriterionLevel"] = [
        {"id": "urn:x:5", "type": ["RubricCriterionLevel"]}
        | dict.fromkeys(("name", "description", "level", "points"), text)
    ]
    return badge


@pytest.mark.parametrize("part", range(6))
def test_naughty_strings_in_every_text(program: Program, part: int) -> None:
    strings = _read_naughty_strings()
    assert len(strings) > 500
    for text in strings[part :: 6 if LONG else 18]:
        program.write("badge.json", forging.write(forging.sign(_fill_texts(text))))
        run = program("verify", "badge.json")
        assert run.status == 0, text
        assert _is_safe(run.output), text


def test_naughty_strings_for_keys_and_types(program: Program) -> None:
    for text in _read_naughty_strings()[::10]:
        badge = forging.build_badge()
        badge[text] = text
        badge["type"] = [*badge["type"], text]
        badge["proof"] |= {"proofPurpose": text, "verificationMethod": text, "cryptosuite": text}
        program.write("badge.json", forging.write(badge))
        run = program("verify", "badge.json")
        assert run.status == 1, text
        assert _is_safe(run.output), text
        run = program("verify", "badge.json", "--format", "json")
        assert run.stdout.isascii()


def test_control_characters_in_every_text(program: Program) -> None:
    text = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x202E, 0x2028, 0xFEFF, 0xE0041)))
    program.write("badge.json", forging.write(forging.sign(_fill_texts(text))))
    run = program("verify", "badge.json")
    assert run.status == 0
    assert _is_safe(run.output)


ODD_NAMES = [
    "-.json",
    "a\nb.json",
    "\u202eabc.json",
    "[bold]x[/].json",
    "x\x1b[31m.json",
    "é" * 100 + ".json",
]


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such names and files")
def test_a_folder_of_odd_things(program: Program) -> None:
    badge = forging.write(forging.build_badge())
    for name in ODD_NAMES:
        program.write(f"odd/{name}", badge)
    folder = program.folder / "odd"
    if sys.platform == "linux":
        (folder / os.fsdecode(b"\xff\xfe.json")).write_bytes(badge)
    (folder / "folder.json").mkdir()
    (folder / "loop.json").symlink_to("loop.json")
    (folder / "gone.json").symlink_to("nowhere.json")
    (folder / "up").symlink_to("..")
    (folder / ".hidden.json").write_bytes(b"{}")
    os.mkfifo(folder / "pipe.json")
    run = program("verify", "odd")
    assert run.status == 0
    assert f"{len(ODD_NAMES) + (sys.platform == 'linux')} genuine" in run.stdout
    assert _is_safe(run.output)
    run = program("verify", "odd", "--format", "json")
    assert run.status == 0
    assert run.stdout.isascii()


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such files")
@pytest.mark.parametrize(
    ("name", "status"), [("pipe", 4), ("loop", 3), ("gone", 3), ("folder", 3), ("/dev/null", 4)]
)
def test_things_that_are_no_files(program: Program, name: str, status: int) -> None:
    os.mkfifo(program.folder / "pipe")
    (program.folder / "loop").symlink_to("loop")
    (program.folder / "gone").symlink_to("nowhere")
    (program.folder / "folder").mkdir()
    run = program("verify", name)
    assert run.status == status
    assert name in run.output


def test_a_file_nobody_may_read_does_not_hide_the_others(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("closed.json", "open.json"):
        program.write(f"badges/{name}", forging.write(forging.build_badge()))
    reason = PermissionError(13, "Permission denied")
    open_path = Path.open

    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "closed.json":
            raise reason
        return open_path(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    run = program("verify", "badges")
    assert run.status == 4
    assert "it cannot be read: Permission denied" in run.output
    assert "1 genuine" in run.stdout


@pytest.mark.parametrize("character", "\x00\x08\x0b\x0c\x1f\x7f\ufffe\uffff")
def test_what_implementations_write_differently_is_never_signed(character: str) -> None:
    document = json.loads(json.dumps(SMALL))
    verifier = Verifier(read_library())
    assert isinstance(verifier.digest(document), bytes)
    document["credentialSubject"]["achievement"]["description"] = f"a{character}b"
    digest = verifier.digest(document)
    assert isinstance(digest, Refusal)
    assert f"U+{ord(character):04X}" in digest.reason
