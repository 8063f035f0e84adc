"""Badges with a mathematically good signature and something wrong, each refused by the check that must.

The cases are in forgeries/, a file a check; beside these, readings.yaml has forgeries by spelling and
pictures.yaml those by the picture around a badge. A case changes the sample badge before it is signed
(`change`), changes the proof (`options`, `seed`), or changes what was signed (`tamper`). `signature` says
whether an independent implementation finds the signature good (`good`, unless told otherwise), `broken`,
`impossible` to read or not there (`none`); `any` where it does not matter. `also` names checks that do not
pass either.
"""

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyld.jsonld import JsonLdError  # type: ignore[import-untyped] # it has no types

from microcred_cli.model.errors import UnusableListError
from microcred_cli.model.verification import Check, Outcome
from microcred_cli.workflows.verify_badges import VerifiedFile, verify_files
from tests.credentials import forging
from tests.interop.sample import (
    ACHIEVEMENT,
    CREDENTIALS,
    ISSUER,
    OPEN_BADGES,
    SEED,
    build_credential,
    build_status,
    build_status_list,
)

HERE = Path(__file__).parent / "forgeries"
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
INDEX = 5
ORDER = 2**252 + 27742317777372353535851937790883648493
_KEY = Ed25519PrivateKey.from_private_bytes(SEED).public_key().public_bytes_raw()
_SIGNATURE = forging.decode_base58(forging.build_badge()["proof"]["proofValue"][1:])


def _pack(*lists: bytes) -> str:
    packed = b"".join(gzip.compress(each, mtime=0) for each in lists)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _spell(data: bytes) -> str:
    return f"z{forging.encode_base58(data)}"


_DIDS = {
    "ISSUER": ISSUER,
    "OTHER": forging.derive_did(forging.OTHER_SEED),
    # The neutral point of the curve: with it as key, the neutral point and zero sign everything.
    "SMALL": forging.name_key(b"\x01" + bytes(31)),
    # A point that has a second spelling, as its y may be written with p added.
    "NONCANONICAL": forging.name_key((2**255 - 19 + 3).to_bytes(32, "little")),
    "TRAILING": forging.name_key(_KEY + b"\0"),
    "LEADING": ISSUER.replace("did:key:z", "did:key:z1"),
    "P256": "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169",
    "X25519": forging.name_key(_KEY, b"\xec\x01"),
    "SHOUTED": ISSUER.replace("did:key:", "DID:KEY:"),
}
PLACEHOLDERS: dict[str, Any] = {
    **_DIDS,
    **{f"{name}_METHOD": forging.derive_method(did) for name, did in _DIDS.items()},
    "METHOD": forging.derive_method(ISSUER),
    "VC": CREDENTIALS,
    "OB": f"{OPEN_BADGES}/context-3.0.3.json",
    "EXTENSIONS": f"{OPEN_BADGES}/extensions.json",
    "ACHIEVEMENT": ACHIEVEMENT,
    "STATUS": build_status(INDEX),
    "SMALL_SIGNATURE": _spell(b"\x01" + bytes(63)),
    "ZERO_SIGNATURE": _spell(bytes(64)),
    "LONG_SIGNATURE": _spell(b"\0" + _SIGNATURE),
    # The signature with the order of the curve added to its second half: the equation holds for it.
    "HIGH_SIGNATURE": _spell(
        _SIGNATURE[:32] + (int.from_bytes(_SIGNATURE[32:], "little") + ORDER).to_bytes(32, "little")
    ),
    "SHORT_LIST": _pack(bytes(100)),
    "EMPTY_LIST": _pack(bytes(16_384)),
    "DOUBLE_LIST": _pack(bytes(16_384), bytes(16_384)),
    "CUT_LIST": _pack(bytes(16_384))[:-4],
    "BOMB_LIST": _pack(bytes(100_000_000)),
}


def _fill(value: Any) -> Any:
    """Return the value with its placeholders filled in."""
    if isinstance(value, dict):
        return {key: _fill(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_fill(each) for each in value]
    if isinstance(value, str) and value.startswith("${") and value.endswith("}") and value.count("$") == 1:
        return deepcopy(PLACEHOLDERS[value[2:-1]])
    if isinstance(value, str):
        for name, each in PLACEHOLDERS.items():
            value = value.replace(f"${{{name}}}", str(each))
    return value


def _read(check: str) -> list[Any]:
    cases = yaml.safe_load((HERE / f"{check}.yaml").read_text(encoding="utf-8"))
    return [pytest.param({"refused_by": check, **case}, id=f"{check}: {case['name']}") for case in cases]


CASES = [case for check in Check for case in _read(check)]


def _step(value: Any, path: list[Any]) -> Any:
    for key in path:
        value = value[key]
    return value


def _apply(document: dict[str, Any], changes: list[dict[str, Any]]) -> None:
    for change in changes:
        *path, last = change["at"]
        parent = _step(document, path)
        if "put" in change:
            parent[last] = _fill(change["put"])
        elif "append" in change:
            parent[last].append(_fill(change["append"]))
        elif "rename" in change:
            parent[change["rename"]] = parent.pop(last)
        elif "move" in change:
            *source, name = change["move"]
            parent[last] = _step(document, source).pop(name)
        elif "list" in change:
            parent[last] = [parent[last], deepcopy(parent[last])] if last == "proof" else [parent[last]]
        else:
            del parent[last]


def _forge(document: dict[str, Any], case: Mapping[str, Any]) -> dict[str, Any]:
    _apply(document, case.get("change", []))
    seed = forging.OTHER_SEED if case.get("seed") == "other" else SEED
    signed = forging.sign(document, _fill(case.get("options")), seed)
    _apply(signed, case.get("tamper", []))
    return signed


def _forge_badge(case: Mapping[str, Any]) -> dict[str, Any]:
    document = build_credential()
    if "status" in case:
        status = {**build_status(INDEX), **case["status"]}
        document["credentialStatus"] = {key: each for key, each in status.items() if each is not None}
    return _forge(document, case)


def _judge_signature(badge: Mapping[str, Any]) -> str:
    if "proof" not in badge:
        return "none"
    try:
        return "good" if forging.holds(badge) else "broken"
    except (KeyError, ValueError, TypeError, AttributeError, JsonLdError):
        return "impossible"


def _verify(folder: Path, badge: Mapping[str, Any], lists: Sequence[Mapping[str, Any]]) -> VerifiedFile:
    path = folder / "badge.json"
    path.write_bytes(forging.write(badge))
    paths = [folder / f"list-{number}.json" for number in range(len(lists))]
    for each, document in zip(paths, lists, strict=True):
        each.write_bytes(forging.write(document))
    (file,) = verify_files([path], paths, NOW)
    return file


def _collect_refusals(file: VerifiedFile) -> dict[str, str]:
    return {str(each.check): str(each.outcome) for each in file.results if each.outcome is not Outcome.PASSED}


def test_the_badge_that_is_forged_is_itself_accepted(tmp_path: Path) -> None:
    badge = forging.build_badge()
    assert _judge_signature(badge) == "good"
    assert forging.find_flaw(badge, NOW) is None
    assert _collect_refusals(_verify(tmp_path, badge, [])) == {}


def test_the_badge_with_a_status_is_itself_accepted(tmp_path: Path) -> None:
    badge = _forge_badge({"status": {}})
    assert _collect_refusals(_verify(tmp_path, badge, [forging.sign(build_status_list(6))])) == {}


@pytest.mark.parametrize(
    "changes",
    [
        [{"at": ["issuer"], "put": ISSUER}],
        [{"at": ["validFrom"], "put": "2026-06-01T12:04:00Z"}],
        [{"at": ["validUntil"], "put": "2026-06-01T12:00:00Z"}],
        [{"at": ["credentialSubject", "achievement", "image", "id"], "put": "https://example.org/a.png"}],
        [{"at": ["name"], "put": 'A" .\n<urn:example:a> <urn:example:b> "c\\'}],
        [{"at": ["name"], "put": "\u202eTeamwork\u200b \U0001f600 \u0007\u007f"}],
    ],
)
def test_honest_badges_near_the_forgeries_are_accepted(tmp_path: Path, changes: list[dict[str, Any]]) -> None:
    badge = _forge(build_credential(), {"change": changes})
    assert _judge_signature(badge) == "good"
    assert _collect_refusals(_verify(tmp_path, badge, [])) == {}


def test_a_set_of_two_good_proofs_is_accepted(tmp_path: Path) -> None:
    document = build_credential()
    proofs = [forging.make_proof(document), forging.make_proof(document, {"created": "2026-02-01T00:00:00Z"})]
    assert _collect_refusals(_verify(tmp_path, {**document, "proof": proofs}, [])) == {}


@pytest.mark.parametrize("case", CASES)
def test_forgery(tmp_path: Path, case: Mapping[str, Any]) -> None:
    badge = _forge_badge(case)
    expected = case.get("signature", "good")
    assert expected in {"any", _judge_signature(badge)}
    lists = []
    if "revoked" in case:
        status_list = build_status_list(*case["revoked"] or [INDEX + 1])
        lists.append(_forge(status_list, case.get("list", {})))
    if case["refused_by"] == "list":
        assert _judge_signature(lists[0]) in {"good", "broken", "none"}
        with pytest.raises(UnusableListError, match=case["says"]):
            _verify(tmp_path, badge, lists)
        return
    file = _verify(tmp_path, badge, lists)
    also = case.get("also", {})
    refusals = {case["refused_by"]: case.get("outcome", "failed")}
    refusals |= also if isinstance(also, dict) else dict.fromkeys(also, "failed")
    assert _collect_refusals(file) == {key: value for key, value in refusals.items() if value != "passed"}
    assert file.outcome is not Outcome.PASSED
    message = next(each.message for each in file.results if each.check == case["refused_by"])
    assert case.get("says", "") in message


READINGS = yaml.safe_load((HERE / "readings.yaml").read_text(encoding="utf-8"))
PICTURES = yaml.safe_load((HERE / "pictures.yaml").read_text(encoding="utf-8"))


def _verify_bytes(folder: Path, name: str, data: bytes) -> VerifiedFile:
    path = folder / name
    path.write_bytes(data)
    (file,) = verify_files([path], [], NOW)
    return file


@pytest.mark.parametrize("case", READINGS, ids=lambda case: case["name"])
def test_reading(tmp_path: Path, case: Mapping[str, Any]) -> None:
    badge = forging.build_badge()
    text = forging.write(badge).decode()
    for name, count in (("every", -1), ("replace", 1)):
        old, new = case.get(name, ("", ""))
        assert old in text
        text = text.replace(old, new, count if old else 0)
    text = (
        f"{case.get('prefix', '')}{text[: -case['cut'] if 'cut' in case else None]}{case.get('suffix', '')}"
    )
    data = text.encode(case.get("encoding", "utf-8"))
    if case.get("lax"):
        assert json.loads(data) == badge
    file = _verify_bytes(tmp_path, "badge.json", data)
    assert file.results[0].outcome is Outcome.FAILED
    assert case["says"] in file.results[0].message
    assert all(each.outcome is Outcome.UNCHECKED for each in file.results[1:])


def _draw(case: Mapping[str, Any]) -> bytes:
    badge = forging.build_badge()
    plain = {**build_credential(), "name": "Plain"}
    del plain["credentialSubject"]["achievement"]["resultDescription"], plain["credentialSubject"]["result"]
    text = str(case["svg"]).format(
        xmlns='xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"',
        badge=forging.write(badge).decode(),
        other=forging.write({**badge, "name": "Leadership"}).decode(),
        plain=forging.write(forging.sign(plain)).decode(),
        long="u" * 2_000_000,
    )
    return text.encode(case.get("encoding", "utf-8"))


@pytest.mark.parametrize("key", ["badge", "plain"])
def test_the_picture_that_is_forged_is_itself_accepted(tmp_path: Path, key: str) -> None:
    svg = f"<svg {{xmlns}}><openbadges:credential><![CDATA[{{{key}}}]]></openbadges:credential><g/></svg>"
    assert _collect_refusals(_verify_bytes(tmp_path, "badge.svg", _draw({"svg": svg}))) == {}


@pytest.mark.parametrize("case", PICTURES, ids=lambda case: case["name"])
def test_picture(tmp_path: Path, case: Mapping[str, Any]) -> None:
    file = _verify_bytes(tmp_path, "badge.svg", _draw(case))
    check = case.get("refused_by", "structure")
    result = next(each for each in file.results if each.check == check)
    assert result.outcome == case.get("outcome", "failed")
    assert case["says"] in result.message
