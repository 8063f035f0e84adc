"""The independent verifiers accept a good badge, refuse bad ones, and never touch the network."""

import json
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from tests.interop import verifiers
from tests.interop.sample import (
    ACHIEVEMENT,
    OTHER_ISSUER,
    SCHEMA,
    SEED,
    STATUS_LIST,
    build_credential,
    build_status,
    build_status_list,
    collect_published,
)
from tests.interop.verifiers import HERE, Verdicts, run_node, run_verifiers, sign_elsewhere
from tests.shared import find_shared

Badge = dict[str, Any]
Edit = Callable[[Badge], object]


@dataclass(frozen=True)
class Published:
    """A folder of published documents, and the sample badge signed with them."""

    text: str
    folder: Path
    badge: Badge


@pytest.fixture(scope="module", params=["A", "B"])
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = collect_published(tmp_path_factory.mktemp("published"), request.param)
    return Published(request.param, folder, sign_elsewhere(build_credential(), SEED, folder))


@pytest.fixture(scope="module")
def text_b(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return collect_published(tmp_path_factory.mktemp("published"), "B")


@pytest.fixture(scope="module")
def good_badge(text_b: Path) -> Badge:
    return sign_elsewhere(build_credential(), SEED, text_b)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


def judge(
    badges: Mapping[str, Badge], folder: Path, contexts: Path, status_list: Path | None = None
) -> dict[str, Verdicts]:
    """Judge badges in one go; answer by name."""
    paths = {name: folder / f"{number}.json" for number, name in enumerate(badges)}
    for name, path in paths.items():
        path.write_text(json.dumps(badges[name]), encoding="utf-8")
    served = {STATUS_LIST: status_list} if status_list else {}
    found = run_verifiers(list(paths.values()), contexts, served)
    return {name: found[str(path)] for name, path in paths.items()}


def set_subject(**values: object) -> Edit:
    return lambda badge: badge["credentialSubject"].update(values)


def set_achievement(**values: object) -> Edit:
    return lambda badge: badge["credentialSubject"]["achievement"].update(values)


def set_result(**values: object) -> Edit:
    return lambda badge: badge["credentialSubject"]["result"][0].update(values)


def set_proof(**values: object) -> Edit:
    return lambda badge: badge["proof"].update(values)


def test_a_good_badge_is_accepted_by_both(published: Published, tmp_path: Path) -> None:
    verdicts = judge({"good": published.badge}, tmp_path, published.folder)["good"]
    assert verdicts.accepted, verdicts
    assert {name: step.valid for name, step in verdicts.log.items()} == {
        "valid_signature": True,
        "expiration": True,
        "registered_issuer": False,
    }
    assert verdicts.schema is not None
    assert [(check.schema, check.valid) for check in verdicts.schema] == [(SCHEMA, True)]


# What is done to a badge after it was signed, and what @digitalbazaar/vc and verifier-core say to it.
TAMPERED: dict[str, tuple[Edit, str, str]] = {
    "another level": (
        set_result(achievedLevel=f"{ACHIEVEMENT}#shared-goals/exemplary"),
        "Invalid signature",
        "invalid_signature",
    ),
    "another value": (set_result(value="4"), "Invalid signature", "invalid_signature"),
    "another learner": (set_subject(id="urn:uuid:1"), "Invalid signature", "invalid_signature"),
    "a defined term more": (set_subject(role="captain"), "Invalid signature", "invalid_signature"),
    "an undefined term more": (set_subject(shoeSize="42"), "Dropping property", "Dropping property"),
    "an undefined type more": (
        set_achievement(type=["Achievement", "Marvel"]),
        "Relative @type reference",
        "Relative @type reference",
    ),
    "a relative id": (set_achievement(id="team"), "Relative @id reference", "Relative @id reference"),
    "another date": (
        lambda badge: badge.update(validFrom="2026-01-16T09:30:00Z"),
        "Invalid signature",
        "invalid_signature",
    ),
    "another issuer": (
        lambda badge: badge["issuer"].update(id=OTHER_ISSUER),
        "Invalid signature",
        "invalid_signature",
    ),
    "another date of the proof": (
        set_proof(created="2026-01-16T09:30:00Z"),
        "Invalid signature",
        "invalid_signature",
    ),
    "another suite": (set_proof(cryptosuite="eddsa-jcs-2022"), "insufficient proofs", "invalid_signature"),
    "another purpose": (set_proof(proofPurpose="authentication"), "insufficient proofs", "invalid_signature"),
    "another key": (
        set_proof(verificationMethod=f"{OTHER_ISSUER}#{OTHER_ISSUER.removeprefix('did:key:')}"),
        "Invalid signature",
        "invalid_signature",
    ),
    "no proof": (lambda badge: badge.pop("proof"), "No matching proofs", "no_proof"),
    "no issuer": (lambda badge: badge.pop("issuer"), '"issuer" property', "invalid_signature"),
}


@pytest.fixture(scope="module")
def tampered(published: Published, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdicts]:
    badges = {name: deepcopy(published.badge) for name in TAMPERED}
    for name, (edit, *_) in TAMPERED.items():
        edit(badges[name])
    return judge(badges, tmp_path_factory.mktemp("tampered"), published.folder)


@pytest.mark.parametrize("name", TAMPERED)
def test_a_badge_tampered_with_is_refused_by_both(tampered: dict[str, Verdicts], name: str) -> None:
    _, digitalbazaar, verifier_core = TAMPERED[name]
    verdicts = tampered[name]
    assert not verdicts.digitalbazaar.verified
    assert digitalbazaar in str(verdicts.digitalbazaar.error)
    assert not verdicts.verifier_core.verified
    assert verifier_core in str(verdicts.verifier_core.error)


# What is done to a credential before it is signed: the signature is good, the badge is not.
WELL_SIGNED: dict[str, tuple[Edit, str, str]] = {
    "the issuer is not the key's": (
        lambda badge: badge["issuer"].update(id=OTHER_ISSUER),
        "issuer must match",
        "invalid_signature",
    ),
    "expired": (
        lambda badge: badge.update(validUntil="2026-02-15T09:30:00Z"),
        'is after "validUntil"',
        "expiration",
    ),
    "not yet valid": (
        lambda badge: badge.update(validFrom="9996-01-15T09:30:00Z"),
        'is before "validFrom"',
        'is before "validFrom"',
    ),
    "revoked": (lambda badge: badge.update(credentialStatus=build_status(7)), "revocation", "revocation"),
}


@pytest.fixture(scope="module")
def status_list(text_b: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("status") / "1.json"
    path.write_text(json.dumps(sign_elsewhere(build_status_list(revoked=7), SEED, text_b)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def well_signed(
    text_b: Path, status_list: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Verdicts]:
    credentials = {name: build_credential() for name in WELL_SIGNED}
    for name, (edit, *_) in WELL_SIGNED.items():
        edit(credentials[name])
    badges = {name: sign_elsewhere(credential, SEED, text_b) for name, credential in credentials.items()}
    return judge(badges, tmp_path_factory.mktemp("signed"), text_b, status_list)


@pytest.mark.parametrize("name", WELL_SIGNED)
def test_a_bad_badge_with_a_good_signature_is_refused_by_both(
    well_signed: dict[str, Verdicts], name: str
) -> None:
    _, digitalbazaar, verifier_core = WELL_SIGNED[name]
    verdicts = well_signed[name]
    assert not verdicts.digitalbazaar.verified
    assert digitalbazaar in str(verdicts.digitalbazaar.error)
    assert not verdicts.verifier_core.verified
    assert verifier_core in str(verdicts.verifier_core.error)


def test_a_status_is_looked_up_in_the_list_that_is_served(
    text_b: Path, status_list: Path, tmp_path: Path
) -> None:
    badge = sign_elsewhere({**build_credential(), "credentialStatus": build_status(8)}, SEED, text_b)
    good = judge({"good": badge}, tmp_path, text_b, status_list)["good"]
    assert good.accepted, good
    assert good.log["revocation_status"].valid
    without_list = judge({"good": badge}, tmp_path, text_b)["good"]
    assert not without_list.digitalbazaar.verified
    assert not without_list.verifier_core.verified
    assert without_list.refused == (STATUS_LIST,)


def test_the_two_texts_of_the_context_differ_where_expected(
    published: Published, text_b: Path, tmp_path: Path
) -> None:
    # Text A lacks `endorsementJwt`; verifier-core carries A, whatever the folder holds.
    credential = {**build_credential(), "endorsementJwt": ["e30.e30.e30"]}
    endorsed = sign_elsewhere(credential, SEED, text_b)
    verdicts = judge({"endorsed": endorsed, "plain": published.badge}, tmp_path, published.folder)
    assert verdicts["endorsed"].digitalbazaar.verified is (published.text == "B")
    assert (verdicts["endorsed"].canonical is not None) is (published.text == "B")
    assert "Dropping property" in str(verdicts["endorsed"].verifier_core.error)
    in_text_b = judge({"plain": published.badge}, tmp_path, text_b)["plain"]
    assert verdicts["plain"].canonical == in_text_b.canonical is not None


def test_the_canonical_form_is_the_one_of_the_w3c_test_vector(text_b: Path) -> None:
    vector = find_shared("standards", "w3c-vc-di-eddsa", "TestVectors", "eddsa-rdfc-2022")
    examples = find_shared("standards", "w3c-vc-data-model", "contexts", "credentials", "examples", "v2")
    path = vector / "signedDataInt.json"
    served = {"https://www.w3.org/ns/credentials/examples/v2": examples}
    verdicts = run_verifiers([path], text_b, served)[str(path)]
    assert verdicts.canonical == (vector / "docHashDataInt.txt").read_text(encoding="ascii").strip()


def in_cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def test_a_badge_baked_into_an_svg_is_read(text_b: Path, tmp_path: Path) -> None:
    badge = json.dumps(sign_elsewhere({**build_credential(), "name": "]]> & <b> “&amp;”"}, SEED, text_b))
    paths = [tmp_path / "in_cdata.svg", tmp_path / "escaped.svg"]
    for path, baked in zip(paths, [in_cdata(badge), escape(badge)], strict=True):
        path.write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">'
            f"<openbadges:credential>{baked}</openbadges:credential><g/></svg>",
            encoding="utf-8",
        )
    for verdicts in run_verifiers(paths, text_b).values():
        assert verdicts.accepted, verdicts


def test_what_is_no_badge_is_refused_by_both(text_b: Path, tmp_path: Path) -> None:
    texts = {"a.json": "{", "b.svg": "<svg/>", "c.json": "[]", "d.json": "null", "e.json": "{}", "f.json": ""}
    paths = [tmp_path / name for name in texts]
    for path in paths:
        path.write_text(texts[path.name], encoding="utf-8")
    found = run_verifiers([*paths, tmp_path / "absent.json"], text_b)
    assert len(found) == len(texts) + 1
    for verdicts in found.values():
        assert not verdicts.digitalbazaar.verified
        assert not verdicts.verifier_core.verified


def test_an_unpublished_context_is_refused_and_not_fetched(
    text_b: Path, good_badge: Badge, tmp_path: Path, listener: socket.socket
) -> None:
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/context.json"
    badge = {**good_badge, "@context": [*good_badge["@context"], url]}
    verdicts = judge({"badge": badge}, tmp_path, text_b)["badge"]
    assert not verdicts.digitalbazaar.verified
    assert not verdicts.verifier_core.verified
    assert url in verdicts.refused
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_no_way_of_connecting_is_left_open(listener: socket.socket) -> None:
    tried = run_node("open_sockets.mjs", str(listener.getsockname()[1])).splitlines()
    assert len(tried) == 4
    assert all(line.endswith(": NotFoundError") for line in tried), tried
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_the_verdicts_are_the_same_without_any_network(
    text_b: Path, good_badge: Badge, tmp_path: Path
) -> None:
    cut_off = ["unshare", "--map-root-user", "--net"]
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([*cut_off, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no unshare, or no right to use it")
    path = tmp_path / "badge.json"
    path.write_text(json.dumps(good_badge), encoding="utf-8")
    alone = run_verifiers([path], text_b, wrapper=cut_off)
    assert alone == run_verifiers([path], text_b)
    assert alone[str(path)].accepted


def test_the_lock_pins_every_package_and_names_no_registry() -> None:
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


def test_without_node_the_tests_skip_and_say_so(
    text_b: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifiers, "HERE", tmp_path)
    with pytest.raises(pytest.skip.Exception, match="node_modules"):
        run_verifiers([], text_b)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pytest.skip.Exception, match="no node"):
        run_verifiers([], text_b)
