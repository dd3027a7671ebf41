"""An independent validator says of every paper what the paper says of itself.

Needs Java and what `make verapdf` fetches; skipped where either is missing.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from notices import kinds
from notices.signing.pades import PadesSigner
from tests.house.sources import ROOT
from tests.notices.certificates import PASSPHRASE, pkcs12
from tests.notices.test_render import printed

CLASSPATH = ROOT / "var/verapdf/classpath"
SOURCE = Path(__file__).parent / "Vera.java"

pytestmark = [
    pytest.mark.verapdf,
    pytest.mark.skipif(
        not shutil.which("java") or not CLASSPATH.exists(),
        reason="no Java, or `make verapdf` was never called",
    ),
]


def claims(kind: str) -> list[str]:
    return ["3b", "3a", "ua1"] if kind in kinds.PUBLIC_KINDS else ["3b"]


CLAIMS = [(kind, claim) for kind in sorted(kinds.KINDS) for claim in claims(kind)]
# An invisible signature takes nothing away.
SIGNED = [("signed", claim) for claim in ("3b", "3a", "ua1")]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what the validator prints about every paper, in one run of Java."""
    folder = tmp_path_factory.mktemp("papers")
    for kind in kinds.KINDS:
        (folder / f"{kind}.pdf").write_bytes(printed(kind, 12))
    signed = PadesSigner(pkcs12(folder), PASSPHRASE).sign(printed("announcement", 12))
    (folder / "signed.pdf").write_bytes(signed)
    asked = [f"{claim}={folder}/{kind}.pdf" for kind, claim in CLAIMS + SIGNED]
    path = CLASSPATH.read_text(encoding="utf-8").strip()
    done = subprocess.run(
        ["java", "-cp", path, str(SOURCE), *asked],
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout


@pytest.mark.parametrize(("kind", "claim"), CLAIMS + SIGNED)
def test_a_paper_is_what_it_claims_to_be(report: str, kind: str, claim: str) -> None:
    lines = [one for one in report.splitlines() if one.endswith(f"/{kind}.pdf")]

    assert [one.split()[0] for one in lines if f" {claim}=" in one] == ["PASS"], report
