"""The import contracts would notice: a planted violation of each kind must break them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PLANTED = [
    ("foundation_site/core/languages.py", "import home.models", "Apps look down"),
    ("associations/places/countries.py", "import projects.enrolment.enums", "Apps look down"),
    ("projects/enrolment/queries.py", "import projects.models", "Page types read registers, never the reverse"),
    ("projects/enrolment/models.py", "import projects.enrolment.domain.enrol", "Inside a register"),
    ("search/results.py", "import projects.models", "Search knows no content app"),
    ("search/views.py", "import foundation_site.settings.base", "Settings are read from django.conf only"),
]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source alone, in a folder of its own."""
    target = tmp_path_factory.mktemp("source")
    for name in ("foundation_site", "home", "projects", "associations", "search"):
        shutil.copytree(
            ROOT / name,
            target / name,
            ignore=lambda folder, names: [
                n for n in names if n in {"node_modules", "static", "locale", "pictures", "content", "__pycache__"}
            ],
        )
    shutil.copy(ROOT / "pyproject.toml", target)
    return target


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_source_keeps_its_contracts(copied: Path):
    result = contracts(copied)

    assert result.returncode == 0, result.stdout
    assert "6 kept, 0 broken" in result.stdout


@pytest.mark.parametrize(("file", "line", "contract"), PLANTED, ids=[line for _file, line, _contract in PLANTED])
def test_a_planted_violation_breaks_them(copied: Path, file: str, line: str, contract: str):
    planted = copied / file
    before = planted.read_text()
    planted.write_text(f"{before}\n{line}\n")
    try:
        result = contracts(copied)
    finally:
        planted.write_text(before)

    assert result.returncode == 1
    assert f"{contract} BROKEN" in result.stdout
