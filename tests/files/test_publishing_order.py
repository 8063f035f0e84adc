"""What the system is asked for, in which order: no name before its file is on disk, as strace sees it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import sys
from pathlib import Path
from microcred_cli.files.publishing import publish_files
publish_files(Path(sys.argv[1]), {f"{each}.json": b"x" * 5000 for each in range(int(sys.argv[2]))})
"""
CALLS = "openat,write,fsync,syncfs,rename,renameat,renameat2"


def trace(folder: Path, number: int, log: Path) -> list[str]:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    start = [strace, "-f", "-y", "-o", str(log)]
    if subprocess.run([*start, "true"], check=False, capture_output=True).returncode != 0:
        pytest.skip("strace may not trace here")
    command = [*start, "-e", f"trace={CALLS}", sys.executable, "-c", SCRIPT, str(folder), str(number)]
    subprocess.run(command, check=True, capture_output=True)
    calls = [line.split(maxsplit=1)[1] for line in log.read_text().splitlines()]
    return [call for call in calls if str(folder) in call or call.startswith("syncfs")]


@pytest.mark.parametrize("number", [3, 40])
def test_every_file_is_flushed_before_it_gets_its_name_and_the_folder_afterwards(
    tmp_path: Path, number: int
) -> None:
    folder = tmp_path / "site" / "badges"
    calls = trace(folder, number, tmp_path / "log")
    written: dict[str, int] = {}
    flushed: dict[str, int] = {}
    renamed: dict[str, int] = {}
    folder_flushes = []
    for place, call in enumerate(calls):
        assert not re.search(r"= -1 E(?!NOENT)", call), call
        if match := re.match(r"write\(\d+<([^>]+)>", call):
            written[match[1]] = place
        elif match := re.match(r"fsync\(\d+<([^>]+)>\) += 0", call):
            flushed[match[1]] = place
            if match[1] == str(folder):
                folder_flushes.append(place)
        elif re.match(r"syncfs\(.*\) += 0", call):
            flushed |= dict.fromkeys(written, place)
        elif match := re.match(r'rename(?:at2?)?\((?:[^",]+, )?"([^"]+)", (?:[^",]+, )?"([^"]+)"', call):
            source, target = match.groups()
            renamed[target] = place
            assert written[source] < flushed[source] < place
            assert Path(target).parent == folder
            assert re.fullmatch(r"\.microcred-[0-9a-f]{16}", Path(source).parent.name)
        elif "O_CREAT" in call:
            assert "O_EXCL" in call
    assert sorted(renamed) == sorted(str(folder / f"{each}.json") for each in range(number))
    assert len(folder_flushes) == 1
    assert folder_flushes[0] > max(renamed.values())
