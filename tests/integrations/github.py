"""What a GitHub runner does with the `run` steps of an action or a workflow, as far as ours ask for it."""

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")


@dataclass(slots=True)
class Runner:
    """A checkout in ``workspace``, and all that its steps said and left behind.

    ``path`` are the folders in which commands are looked for before those of the system.
    """

    workspace: Path
    temporary: Path
    action: Path
    path: tuple[Path, ...]
    surroundings: Mapping[str, str] = field(default_factory=dict)
    context: dict[str, str] = field(default_factory=dict)
    log: str = ""
    summary: str = ""

    def run(self, steps: Iterable[Mapping[str, Any]], inputs: Mapping[str, str]) -> int:
        """Run the steps that are shell, until one fails; return the last exit status."""
        self.context |= {f"inputs.{name}": value for name, value in inputs.items()}
        for number, step in enumerate(steps):
            if "run" in step:
                status = self._run(f"step-{number}", step)
                if status:
                    return status
        return 0

    def evaluate(self, text: str) -> str:
        """Return a text with what its expressions stand for; what is not known is empty, as on GitHub."""
        return _EXPRESSION.sub(lambda match: self.context.get(match[1], ""), text)

    def _run(self, name: str, step: Mapping[str, Any]) -> int:
        script, output, summary = (self.temporary / f"{name}.{kind}" for kind in ("sh", "output", "summary"))
        script.write_text(step["run"], encoding="utf-8")
        output.touch()
        summary.touch()
        environment = {
            **self.surroundings,
            "PATH": os.pathsep.join([*map(str, self.path), "/usr/local/bin", "/usr/bin", "/bin"]),
            "HOME": str(self.temporary),
            "LANG": "C.UTF-8",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(self.action),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temporary),
            **{key: self.evaluate(value) for key, value in step.get("env", {}).items()},
        }
        # As a workflow's `run` without, and an action's with `shell: bash`.
        options = ["--noprofile", "--norc", "-eo", "pipefail"] if "shell" in step else ["-e"]
        done = subprocess.run(
            ["/bin/bash", *options, str(script)],
            cwd=self.workspace,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        self.log += done.stdout.decode() + done.stderr.decode()
        self.summary += summary.read_text(encoding="utf-8")
        for line in output.read_text(encoding="utf-8").splitlines():
            key, equals, value = line.partition("=")
            assert equals, line
            self.context[f"steps.{step.get('id', name)}.outputs.{key}"] = value
        return done.returncode
