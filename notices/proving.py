"""Proving a stored paper: are its facts, its file and its signature what was issued?

Reads only; must not know why a paper was issued.
"""

from dataclasses import astuple, dataclass
from enum import StrEnum

from notices import filing, frozen, kinds, signing, tasks
from notices.models import Paper
from notices.press import Unrendered


class Answer(StrEnum):
    """What one question about a paper came to."""

    TRUE = "✓"
    FALSE = "×"
    # Nothing to compare: not rendered yet, not signed, or another template by now.
    NONE = "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The four answers about one paper."""

    # The facts still have the digest they were issued with.
    facts: Answer
    # The stored file still has the sum it was stored with.
    file: Answer
    # Rendering the facts again gives the same bytes.
    again: Answer
    # The electronic signature holds.
    signature: Answer

    @property
    def holds(self) -> bool:
        """Whether no answer speaks against the paper."""
        return Answer.FALSE not in astuple(self)


def prove(paper: Paper) -> Proof:
    """Return what the facts, the file, a new rendering and the signature say."""
    content = filing.stored(paper)
    if content is None:
        # A file that was there and is gone is a loss; one not made yet is none.
        lost = Answer.FALSE if paper.rendered_at else Answer.NONE
        return Proof(
            facts=_facts(paper), file=lost, again=Answer.NONE, signature=Answer.NONE
        )
    return Proof(
        facts=_facts(paper),
        file=_said(paper.sha256 == filing.sha256(filing.unsigned(paper, content))),
        again=_again(paper),
        signature=_signature(paper, content),
    )


def _facts(paper: Paper) -> Answer:
    return _said(frozen.digest(paper.context) == paper.digest)


def _again(paper: Paper) -> Answer:
    if kinds.named(paper.kind).version != paper.template_version:
        return Answer.NONE
    try:
        return _said(filing.sha256(tasks.rendered(paper)) == paper.sha256)
    except Unrendered:
        return Answer.FALSE


def _signature(paper: Paper, content: bytes) -> Answer:
    signature = filing.signature_of(paper)
    if signature is None:
        return Answer.NONE
    if filing.sha256(content) != signature.sha256:
        return Answer.FALSE
    signer = signing.signer()
    # An older certificate is not at hand: its sum says no byte was changed.
    if signer is None or signer.fingerprint != signature.fingerprint:
        return Answer.TRUE
    return _said(signer.holds(content))


def _said(true: bool) -> Answer:  # noqa: FBT001 - it turns one into the other
    return Answer.TRUE if true else Answer.FALSE
