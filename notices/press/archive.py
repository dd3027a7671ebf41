"""What makes a PDF last: PDF/A, its data inside, tags, and faces every reader draws.

Knows how WeasyPrint writes a PDF; must not know any paper's layout.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import pydyf
from weasyprint import Attachment

from notices.frozen import canonical

# PDF/A-3 is the part that may hold other files. A public notice is tagged as well, for
# whoever has it read aloud (PDF/A-3a, which includes 3b, and PDF/UA-1 in one file); a
# form is signed on paper, and tags would cost a third of its time.
FORM: Final = "pdf/a-3b"
NOTICE: Final = "pdf/a-3a"

_END: Final = b"</rdf:RDF>"
# WeasyPrint claims one standard a file. PDF/A wants the other claim described.
_ACCESSIBLE: Final = b"""
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""
 pdfuaid:part="1"/>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


class UnfitFace(ValueError):
    """A face whose outlines are not TrueType: some readers show it as blanks."""


def variant(*, public: bool) -> str:
    """Return the kind of PDF: tagged for a notice, plain for a form."""
    return NOTICE if public else FORM


def data(
    context: Mapping[str, Any], *, kind: str, code: str, at: datetime
) -> Attachment:
    """Return the facts of a paper as a file inside it.

    Its bytes are the canonical text, so that their SHA-256 is the paper's digest.
    """
    # WeasyPrint drops the zone and writes Z.
    moment = at.astimezone(UTC)
    return Attachment(
        string=canonical(context),
        name=f"{kind}-{code}.json",
        description="Frozen facts of this paper, canonical JSON",
        relationship="Source",
        created=moment,
        modified=moment,
    )


def finish(document: Any, pdf: pydyf.PDF) -> None:
    """Prove the faces, ask for the true size, say of a tagged PDF that it is accessible.

    Called by WeasyPrint when everything but the trailer is made.

    Raises: UnfitFace.
    """
    _only_truetype(pdf)
    # The print dialog opens on "actual size", not on "fit": a form keeps its boxes.
    wishes = pdf.catalog.setdefault("ViewerPreferences", pydyf.Dictionary())
    wishes["PrintScaling"] = "/None"
    if files := pdf.catalog.get("AF"):
        files[:] = dict.fromkeys(files)
    if "MarkInfo" in pdf.catalog:
        _claim_accessible(pdf)


def _only_truetype(pdf: pydyf.PDF) -> None:
    for part in pdf.objects:
        if not isinstance(part, dict):
            continue
        outlined = part.get("Type") != "/FontDescriptor" or "FontFile2" in part
        if not outlined or part.get("Subtype") == "/Type3":
            raise UnfitFace(f"{part.get('FontName', part.get('Name'))}: not TrueType")


def _claim_accessible(pdf: pydyf.PDF) -> None:
    streams = (part for part in pdf.objects if isinstance(part, pydyf.Stream))
    facts = next(one for one in streams if one.extra.get("Type") == "/Metadata")
    before, end, after = facts.stream[0].partition(_END)
    facts.stream[0] = before + _ACCESSIBLE + end + after
