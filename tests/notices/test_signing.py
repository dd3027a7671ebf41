"""A signature proves that not one byte was changed; without a key nobody signs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from notices import checks, filing, signing, tasks
from notices.models import Paper, Signature
from notices.proving import Answer, prove
from notices.signing.pades import PadesSigner
from tests.notices import reading
from tests.notices.certificates import PASSPHRASE, pkcs12
from tests.notices.factories import notice
from tests.notices.test_render import printed


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return printed("first_publicity", 3)


@pytest.fixture
def office(settings: Settings, tmp_path: Path) -> Iterator[PadesSigner]:
    """An office that signs, with a certificate of our own authority."""
    settings.SIGN_PKCS12 = str(pkcs12(tmp_path))
    settings.SIGN_PASSPHRASE = PASSPHRASE
    signing.signer.cache_clear()
    signer = signing.signer()
    assert isinstance(signer, PadesSigner)
    yield signer
    signing.signer.cache_clear()


@pytest.mark.parametrize("kind", ["p-256", "rsa-2048", "rsa-3072"])
def test_a_signed_file_begins_with_the_unsigned_one_and_holds(
    kind: str, tmp_path: Path, pdf: bytes
) -> None:
    signer = PadesSigner(pkcs12(tmp_path, kind), PASSPHRASE)
    signed = signer.sign(pdf)

    assert signed.startswith(pdf)
    assert signer.holds(signed)
    assert signer.subject == "花垣县测试签名"
    assert reading.pages(signed) == reading.pages(pdf)


@pytest.mark.parametrize("where", [0.001, 0.3, 0.6, 0.9, 0.999])
def test_one_flipped_bit_is_found(where: float, office: PadesSigner) -> None:
    signed = bytearray(office.sign(printed("minutes", 3)))
    signed[int(len(signed) * where)] ^= 1

    assert not office.holds(bytes(signed))


def test_nothing_may_be_added_and_no_other_signs_for_us(
    office: PadesSigner, tmp_path: Path, pdf: bytes
) -> None:
    other = PadesSigner(pkcs12(tmp_path, "rsa-2048", name="别的单位"), PASSPHRASE)

    assert not office.holds(office.sign(pdf) + b"\n%%EOF\n")
    assert not office.holds(other.sign(pdf))
    assert not office.holds(pdf)
    assert not office.holds(b"no PDF")


def test_a_signature_shows_nothing_on_the_sheet(
    office: PadesSigner, pdf: bytes
) -> None:
    signed = office.sign(pdf)

    assert reading.text(signed) == reading.text(pdf)
    assert reading.pictures(signed) == reading.pictures(pdf)


@pytest.mark.parametrize(
    ("kind", "passphrase"), [("p-256", "wrong"), ("ed25519", PASSPHRASE)]
)
def test_an_unfit_key_is_said(kind: str, passphrase: str, tmp_path: Path) -> None:
    with pytest.raises(signing.Unsigned):
        PadesSigner(pkcs12(tmp_path, kind), passphrase)


def test_the_check_opens_the_key(settings: Settings, office: PadesSigner) -> None:
    assert checks.signing_key(None) == []

    settings.SIGN_PKCS12 = "/nowhere/key.p12"
    signing.signer.cache_clear()
    (error,) = checks.signing_key(None)
    assert (error.id, "key.p12" in error.msg) == ("notices.E001", True)


def test_nobody_signs_by_default() -> None:
    assert signing.signer() is None


@pytest.mark.django_db
def test_the_digest_of_the_archive_is_that_of_the_unsigned_file(
    office: PadesSigner,
) -> None:
    paper = notice()
    stored = tasks.pdf(paper)
    signature = Signature.objects.get()

    assert office.holds(stored)
    assert paper.sha256 == filing.sha256(tasks.rendered(paper))
    assert signature.sha256 == filing.sha256(stored) != paper.sha256
    assert prove(paper).signature is Answer.TRUE
    assert prove(paper).holds


@pytest.mark.django_db
def test_a_paper_that_cannot_be_signed_is_printed_all_the_same(
    settings: Settings,
) -> None:
    settings.SIGN_PKCS12 = "/nowhere/key.p12"
    signing.signer.cache_clear()

    assert tasks.pdf(notice()).startswith(b"%PDF-1")
    assert Paper.objects.filter(signature=None, rendered_at__isnull=False).count() == 1
    signing.signer.cache_clear()


@pytest.mark.django_db
def test_a_changed_signed_file_is_found(office: PadesSigner) -> None:
    paper = notice()
    content = tasks.pdf(paper)
    filing._save(paper, content[:-20] + b"x" + content[-19:])

    assert prove(paper).file is Answer.TRUE
    assert prove(paper).signature is Answer.FALSE


@pytest.mark.django_db
def test_a_certificate_that_is_gone_leaves_the_sum(
    office: PadesSigner, settings: Settings
) -> None:
    paper = notice()
    tasks.pdf(paper)
    settings.SIGN_PKCS12 = ""
    signing.signer.cache_clear()

    assert prove(paper).signature is Answer.TRUE
