"""A `python` that makes environments and installs nothing, and writes down what it was told."""

import json
import sys
from pathlib import Path

_SHIM = """\
#!{python}
import json, os, sys
arguments = sys.argv[1:]
with open({log!r}, "a") as stream:
    stream.write(json.dumps(arguments) + "\\n")
if "venv" in arguments:
    folder = os.path.join(arguments[-1], "bin")
    os.makedirs(folder)
    os.symlink({shim!r}, os.path.join(folder, "python"))
    os.symlink({program!r}, os.path.join(folder, "microcred"))
sys.exit(1 if "pip" in arguments and os.path.exists({broken!r}) else 0)
"""


class PythonShim:
    """The shim in a folder of its own; ``microcred`` of its environments is the one under test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._log = folder / "log"
        self._broken = folder / "broken"
        self._program = Path(sys.executable).with_name("microcred")
        folder.mkdir()
        shim = folder / "python"
        text = _SHIM.format(
            python=sys.executable,
            log=str(self._log),
            shim=str(shim),
            program=str(self._program),
            broken=str(self._broken),
        )
        shim.write_text(text, encoding="utf-8")
        shim.chmod(0o755)

    def install_microcred(self) -> None:
        """Put `microcred` beside `python`, as if pip had installed it there."""
        (self.folder / "microcred").symlink_to(self._program)

    def break_pip(self) -> None:
        """Let whatever pip is asked for fail."""
        self._broken.touch()

    def read_calls(self) -> list[list[str]]:
        """Return the arguments of every call, in their order."""
        lines = self._log.read_text(encoding="utf-8").splitlines() if self._log.exists() else []
        return [json.loads(line) for line in lines]
