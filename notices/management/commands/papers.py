"""Prove stored papers, render what failed, sign, and check papers without a network."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from notices import filing, marks, roll, signing, tasks
from notices.models import Paper
from notices.proving import Answer, Proof, prove
from permissions import clock

SAMPLE = 20
NO_SEAL = (
    "电子签名证明文件自出具以来未被改动，不是法定电子印章；"
    "法定电子印章采用 SM2 算法（GB/T 38540），由国家统一电子印章系统制发。"
)


class Command(BaseCommand):
    """One word says what is done: verify, failed, retry, sign, check-code or roll."""

    help = __doc__
    # A code is checked without a database; the rest asks it soon enough.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the word and its options."""
        words = parser.add_subparsers(dest="word", required=True)
        verify = words.add_parser(
            "verify", help="facts, file, new rendering, signature"
        )
        which = verify.add_mutually_exclusive_group()
        which.add_argument("--all", action="store_true")
        which.add_argument("--sample", type=int, default=SAMPLE, metavar="N")
        which.add_argument("--code", nargs="+", default=[])
        words.add_parser("failed", help="papers that could not be rendered, and why")
        retry = words.add_parser("retry", help="render the failed ones again, now")
        retry.add_argument("--code", nargs="+", default=[])
        words.add_parser("sign", help="sign stored papers that have no signature")
        check = words.add_parser("check-code", help="is a QR code ours? no database")
        check.add_argument("text", help="what the QR code says, or CODE-SEAL")
        offline = words.add_parser(
            "roll", help="a page to check a place's papers offline"
        )
        offline.add_argument("place", help="12-digit code")
        offline.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what the word says."""
        match options["word"]:
            case "verify":
                self._verify(_chosen(options))
            case "failed":
                self._failed()
            case "retry":
                self._retry(_given_up(options["code"]))
            case "sign":
                self._sign()
            case "check-code":
                self._check(options["text"])
            case "roll":
                self._roll(options["place"], options["file"])

    def _verify(self, papers: Iterable[Paper]) -> None:
        self.stdout.write("事实 文件 重排 签名  校验码            文书号")
        proofs = [self._proved(paper) for paper in papers]
        wrong = sum(not proof.holds for proof in proofs)
        self.stdout.write(f"共 {len(proofs)} 份，不符 {wrong} 份")
        if any(proof.signature is not Answer.NONE for proof in proofs):
            self.stdout.write(NO_SEAL)
        if wrong:
            raise CommandError(f"{wrong} papers do not hold")

    def _proved(self, paper: Paper) -> Proof:
        proof = prove(paper)
        marks_of = (
            f"{proof.facts}    {proof.file}    {proof.again}    {proof.signature}"
        )
        self.stdout.write(f" {marks_of}   {paper.code}  {paper.number}")
        return proof

    def _failed(self) -> None:
        papers = _given_up([])
        for paper in papers:
            self.stdout.write(f"{paper.code}  {paper.number}  {paper.attempts} 次")
            self.stdout.write(f"    {paper.last_error}")
        self.stdout.write(f"共 {len(papers)} 份")

    def _retry(self, papers: QuerySet[Paper]) -> None:
        tried = len(papers)
        made = sum(tasks.attempt(paper) for paper in papers)
        self.stdout.write(f"重排 {tried} 份，成功 {made} 份")
        if made < tried:
            raise CommandError(f"{tried - made} papers failed again")

    def _sign(self) -> None:
        signer = signing.signer()
        if signer is None:
            raise CommandError("CUNXIAN_SIGN_PKCS12 is not set")
        waiting = Paper.objects.filter(rendered_at__isnull=False, signature=None)
        done = sum(_signed(paper) for paper in waiting.iterator())
        self.stdout.write(f"{signer.subject}（{signer.algorithm}）签名 {done} 份")
        self.stdout.write(NO_SEAL)

    def _check(self, text: str) -> None:
        code, seal = marks.taken_apart(text)
        if not code or not marks.seals(code, seal):
            raise CommandError("× 不是本系统出具的二维码，或者已被改动")
        self.stdout.write(f"✓ 校验码 {marks.grouped(code)} 由本系统的密钥生成")
        self.stdout.write("是否已被替换或者撤销，须联网或在数据库中查验")

    def _roll(self, place: str, file: Path) -> None:
        page = roll.page(place, at=clock.now()).encode()
        file.write_bytes(page)
        self.stdout.write(f"{file}  SHA-256 {filing.sha256(page)}")


def _chosen(options: dict[str, Any]) -> Iterable[Paper]:
    papers = Paper.objects.order_by("code")
    if options["code"]:
        codes = [marks.as_code(code) for code in options["code"]]
        return papers.filter(pk__in=codes)
    if options["all"]:
        return papers.iterator(chunk_size=100)
    return papers.order_by("?")[: options["sample"]]


def _given_up(codes: list[str]) -> QuerySet[Paper]:
    papers = Paper.objects.filter(rendered_at=None, attempts__gt=0).order_by("code")
    return papers.filter(pk__in=map(marks.as_code, codes)) if codes else papers


def _signed(paper: Paper) -> bool:
    content = filing.stored(paper)
    if content is None or filing.sha256(content) != paper.sha256:
        return False
    return filing.sign(paper, content) is not None
