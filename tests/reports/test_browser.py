"""The pages in a real browser."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from microcred_cli.workflows.write_reports import render_reports
from tests.reports.builder import add_rubric, build_assessment, build_rubric

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--no-pdf-header-footer",
)
PAGES = ("reports/index.html", "reports/learners/0001.html", "reports/learners/0003.html")

# Chromium's own window is never as narrow as a phone; a frame is.
FRAME = """<!doctype html><html><body>
<iframe width="{width}" height="2000" src="{page}" style="border: 0"></iframe>
<output></output><script>
addEventListener("load", () => {{
  const page = document.querySelector("iframe").contentDocument.documentElement;
  document.querySelector("output").textContent = `${{page.scrollWidth}} of ${{page.clientWidth}}`;
}});
</script></body></html>"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assessment")
    long = "Incomprehensibilities-and-counterrevolutionaries" * 2
    assessment = add_rubric(build_assessment(), build_rubric("writing", long))
    for path, page in render_reports(assessment).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(page)
    return folder


def browse(profile: Path, *arguments: str) -> str:
    command = [str(CHROMIUM), *QUIET, f"--user-data-dir={profile}", *arguments]
    return subprocess.run(command, capture_output=True, check=True, timeout=90, text=True).stdout


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_sticks_out_sideways(folder: Path, tmp_path: Path, page: str, width: int) -> None:
    wrapper = folder / f"frame-{width}-{page.replace('/', '-')}"
    wrapper.write_text(FRAME.format(width=width, page=page), encoding="utf-8")
    shown = browse(
        tmp_path,
        "--allow-file-access-from-files",
        "--virtual-time-budget=5000",
        "--dump-dom",
        wrapper.as_uri(),
    )
    measured = re.search(r"<output>(\d+) of (\d+)</output>", shown)
    assert measured is not None, shown
    assert int(measured[1]) <= int(measured[2])
    assert int(measured[2]) == width


@pytest.mark.parametrize("page", PAGES[:2])
def test_pages_can_be_pictured_and_printed(folder: Path, tmp_path: Path, page: str) -> None:
    picture, sheet = tmp_path / "page.png", tmp_path / "page.pdf"
    source = (folder / page).as_uri()
    browse(tmp_path / "one", "--window-size=1280,1600", f"--screenshot={picture}", source)
    browse(tmp_path / "two", f"--print-to-pdf={sheet}", source)
    assert picture.read_bytes().startswith(b"\x89PNG")
    printed = sheet.read_bytes()
    assert printed.startswith(b"%PDF")
    assert re.search(rb"/MediaBox ?\[0 0 59[45][.0-9]* 84[12][.0-9]*\]", printed)
