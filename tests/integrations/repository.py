"""A git repository in which pre-commit runs, far from everybody's settings."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.shared import ROOT

PROGRAMS = Path(sys.executable).parent
# With the hook file alone: what is installed here is run in the place of what pre-commit would install.
HERE = {"language": "system"}


@dataclass(frozen=True, slots=True)
class Done:
    """What a command printed, both streams, and ended with."""

    output: str
    status: int


class Repository:
    """A repository of somebody's, whose hooks come from another one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "course of mine"
        self.hooks = folder / "hooks"
        system = os.environ["PATH"]
        settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        names = {
            f"GIT_{who}_{what}": "a@b.example"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        pip = {key: value for key, value in os.environ.items() if key.startswith("PIP_")}
        self._environment = {
            **pip,
            **settings,
            **names,
            "PATH": f"{PROGRAMS}{os.pathsep}{system}",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "PRE_COMMIT_HOME": str(folder / "pre-commit"),
            "PRE_COMMIT_COLOR": "never",
        }
        for repository in (self.folder, self.hooks):
            repository.mkdir()
            self.run("git", "init", "--quiet", "--initial-branch=main", at=repository)

    def run(self, *command: str, at: Path | None = None) -> Done:
        """Run a command in the repository."""
        done = subprocess.run(
            command,
            cwd=at or self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return Done(done.stdout.decode(), done.returncode)

    def publish_hooks(self) -> str:
        """Commit our hook file into the other repository, and return the commit."""
        text = (ROOT / ".pre-commit-hooks.yaml").read_bytes()
        (self.hooks / ".pre-commit-hooks.yaml").write_bytes(text)
        return self.commit("the hooks", at=self.hooks)

    def commit(self, message: str, at: Path | None = None) -> str:
        """Commit all there is, without running hooks, and return the commit."""
        self.run("git", "add", "--all", at=at)
        done = self.run("git", "commit", "--quiet", "--no-verify", f"--message={message}", at=at)
        assert done.status == 0, done.output
        return self.run("git", "rev-parse", "HEAD", at=at).output.strip()

    def configure(self, *hooks: Mapping[str, Any], revision: str) -> None:
        """Write the configuration that asks for these hooks."""
        repos = [{"repo": str(self.hooks), "rev": revision, "hooks": [dict(each) for each in hooks]}]
        self.write(".pre-commit-config.yaml", yaml.safe_dump({"repos": repos}))

    def write(self, name: str, text: str) -> None:
        """Write a file and stage it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.run("git", "add", "--", name)

    def read(self, name: str) -> str:
        """Return what is in a file."""
        return (self.folder / name).read_text(encoding="utf-8")
