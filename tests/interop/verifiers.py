"""Software that others wrote and that must accept our badges: @digitalbazaar/vc and DCC's verifier-core."""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.shared import ROOT

# Offline nothing takes that long; what waits for a network would wait for ever.
_SECONDS = 120
HERE = ROOT / "tests" / "interop"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of verifier-core's log."""

    valid: bool
    error: str | None


@dataclass(frozen=True, slots=True)
class SchemaCheck:
    """What verifier-core says after reading the badge against a JSON Schema; no part of its verdict."""

    schema: str
    valid: bool
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one verifier accepts a badge, and if not, why."""

    verified: bool
    error: str | None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What independent software says about one badge.

    `log` holds verifier-core's steps by id; `registered_issuer` is always false, as no list of known issuers
    is given. `schema` is None where the schema was not at hand. `canonical` is the SHA-256 of the canonical
    form without proof, None where jsonld's safe mode refuses the document. `refused` names the documents that
    were asked for in vain.
    """

    digitalbazaar: Verdict
    verifier_core: Verdict
    log: Mapping[str, Step]
    schema: tuple[SchemaCheck, ...] | None
    canonical: str | None
    canonical_error: str | None
    refused: tuple[str, ...]

    @property
    def accepted(self) -> bool:
        """Whether both accept it, without having missed a document."""
        return self.digitalbazaar.verified and self.verifier_core.verified and not self.refused


def run_verifiers(
    paths: Sequence[Path],
    contexts: Path,
    served: Mapping[str, Path] | None = None,
    wrapper: Sequence[str] = (),
) -> dict[str, Verdicts]:
    """Let the verifiers judge badges (.json or .svg) offline; answer by path.

    `contexts` is a folder with the published contexts, and the schema where it is to be checked; `served`
    adds documents by URL, such as a status list; `wrapper` is a command to start them under.
    Skips the test where Node or the packages are missing.
    """
    serve = [f"--serve={url}={path}" for url, path in (served or {}).items()]
    output = run_node("verify.mjs", *serve, str(contexts), *map(str, paths), wrapper=wrapper)
    return {line["file"]: _read_verdicts(line) for line in map(json.loads, output.splitlines())}


def sign_elsewhere(credential: Mapping[str, Any], seed: bytes, contexts: Path) -> dict[str, Any]:
    """Return the credential signed by @digitalbazaar/vc with the Ed25519 key of that seed.

    Skips the test where Node or the packages are missing.
    """
    signed: dict[str, Any] = json.loads(
        run_node("sign.mjs", str(contexts), seed.hex(), "-", stdin=json.dumps(credential))
    )
    return signed


def run_node(script: str, *arguments: str, wrapper: Sequence[str] = (), stdin: str = "") -> str:
    """Return what a script of this folder prints. Skips the test where Node or the packages are missing."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node: independent verifiers need it (tools/need-node.sh)")
    if not (HERE / "node_modules" / ".package-lock.json").exists():
        pytest.skip("tests/interop/node_modules is not installed (tools/need-node.sh)")
    command = [*wrapper, node, str(HERE / script), *arguments]
    done = subprocess.run(
        command, input=stdin, capture_output=True, encoding="utf-8", check=False, timeout=_SECONDS
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _read_verdicts(line: Mapping[str, Any]) -> Verdicts:
    core = line["verifierCore"]
    return Verdicts(
        digitalbazaar=Verdict(**line["digitalbazaar"]),
        verifier_core=Verdict(verified=core["verified"], error=core["error"]),
        log={step["id"]: Step(step["valid"], step.get("error")) for step in core["log"]},
        schema=None
        if core["schema"] is None
        else tuple(SchemaCheck(s["schema"], s["valid"], tuple(s["errors"])) for s in core["schema"]),
        canonical=line["canonical"],
        canonical_error=line["canonicalError"],
        refused=tuple(line["refused"]),
    )
