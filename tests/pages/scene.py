"""One of everything that has an address, and one officer of every kind who asks."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.urls import URLPattern
from django.utils.datastructures import MultiValueDict

from notices import marks, printing
from notices.models import (
    Channel,
    Intake,
    Objection,
    PageStanding,
    Paper,
    Photo,
    PrintJob,
    ScanFile,
    ScanPage,
)
from notices.objections import Complaint, file_objection
from permissions.models import Appointment, Officer
from permissions.posts import Post
from procedures.look_back import LOOK_BACK
from registry.exports import asking
from registry.identity import seal_bytes
from registry.models import DeclaredKin, Export, ImportRun, Person, RunState
from registry.places import Level, ancestor
from tests.workflows.comparing.scene import County, declared, head
from tests.world import VILLAGE, World, officer
from workflows import clock, drafts
from workflows.drafts import Where
from workflows.models import (
    Batch,
    Campaign,
    CampaignMeeting,
    Case,
    DeskDraft,
    DraftPhoto,
    Match,
)

NEXT_DOOR = "433124110225"
NEXT_TOWNSHIP = "433124105000"
NEXT_COUNTY = "433125000000"
IDENTIFICATION = "household_identification"
PICTURE = b"\xff\xd8\xff"
# The list waits while its notice hangs; the other one has just been opened.
POSTED, FIRST_FORM, FIRST_SHEET = "close_first", "application", "application"
FILE_SHEET = "file_cover"


@dataclass(kw_only=True)
class Scene:
    """What the addresses of this test lead to."""

    world: World
    posted: Batch
    opened: Batch
    paper: Paper
    photo: Photo
    objection: Objection
    scan: ScanPage
    draft: DeskDraft
    meeting: CampaignMeeting
    draft_photo: DraftPhoto
    job: PrintJob
    export: Export
    run: ImportRun
    match: Match
    kin: DeclaredKin
    askers: dict[str, Officer | None]

    def arguments(self, route: str) -> dict[str, Any]:
        """Return what stands for `<…>` in a route, told by its first folder."""
        case = Case.objects.filter(batch=self.opened).first()
        assert case is not None
        folder = route.split("/", 1)[0]
        opened = "sheet" in route or "draft" in route
        keys = {
            "batch": self.opened.pk if opened else self.posted.pk,
            "case": case.pk,
            "household": case.household_id,
            "photo": self.photo.pk,
            "print": self.job.pk,
            "import": self.run.pk,
            "scan": self.scan.file.intake_id,
            "export": self.export.pk,
            "scanned": self.scan.pk,
            "objection": self.objection.pk,
            "campaign": self.meeting.campaign_id,
            "gathering": self.meeting.pk,
            "posting": self.paper.postings.first().pk,
            "typed": self.draft.pk if "discard" in route else self.draft_photo.pk,
            "officers": self.world.hats[Post.VILLAGE_COMMITTEE].officer_id,
            "appointments": self.world.hats[Post.VILLAGE_COMMITTEE].pk,
            "comparison": self.match.round_id,
            "asked": self.match.round.departments.get(released_at=None).pk,
            "answered": self.match.file_id,
            "match": self.match.pk,
            "kin": self.kin.pk,
        }
        return {
            "pk": keys.get(folder),
            "code": VILLAGE if folder == "place" else self.paper.pk,
            "key": "a-key-of-nobody",
            "kind": FILE_SHEET if folder == "household" else FIRST_SHEET,
            "slug": FIRST_FORM,
            "layout": "roster",
            "form": "csv",
            "mark": f"{self.paper.pk}-{marks.mac(self.paper.pk)}",
        }

    def sent(self) -> dict[str, Any]:
        """Return a form that suits every address: only the right may stop it."""
        person = Person.objects.filter(household__cases__batch=self.opened).first()
        return {
            "reason": "核对档案",
            "version": self.posted.version,
            "code": self.paper.pk,
            "person": person.pk if person else "",
            "language": "zh-hans",
            "do": "discard",
            "density": "normal",
        }


def build() -> Scene:
    """Build the world, one posted list with an objection, one list just opened."""
    world = World.build(day=date(2018, 11, 5))
    by = world.hats[Post.VILLAGE_COMMITTEE]
    world.photo = _photo(by, world)
    households = world.households(4)
    posted = world.open(IDENTIFICATION, households[:2])
    while posted.step != POSTED:
        world.step(posted)
    paper = Paper.objects.get(about=posted.about, kind="first_publicity")
    (job,) = printing.ask([paper.pk], by=by, at=world.now)
    opened = world.open(IDENTIFICATION, households[2:])
    clock.set_training_day(world.day)
    where = Where(officer_id=by.officer_id, batch=opened, step=opened.step)
    draft = drafts.keep(where, MultiValueDict(), [], at=world.now)
    return Scene(
        world=world,
        posted=posted,
        opened=opened,
        paper=paper,
        photo=world.photo,
        job=job,
        export=_export(by, world),
        run=_import(world),
        objection=_objection(paper, by, world),
        scan=_scan(by, world),
        draft=draft,
        meeting=_met(world),
        draft_photo=_draft_photo(draft),
        match=County(world=world).hit(head(households[2])),
        kin=declared(households[2], world.day),
        askers=_askers(world),
    )


def parameters(pattern: URLPattern) -> list[str]:
    """Return the names of the arguments an address takes."""
    return list(pattern.pattern.converters)


def _askers(world: World) -> dict[str, Officer | None]:
    seats = {
        "next_door": (Post.VILLAGE_COMMITTEE, NEXT_DOOR),
        "next_township": (Post.TOWNSHIP_CLERK, NEXT_TOWNSHIP),
        "next_county": (Post.COUNTY_CLERK, NEXT_COUNTY),
        "prefecture": (Post.PREFECTURE_OFFICE, VILLAGE),
        "auditor": (Post.AUDITOR, ancestor(VILLAGE, Level.COUNTY)),
        "system_admin": (Post.SYSTEM_ADMIN, ancestor(VILLAGE, Level.PREFECTURE)),
        "security_admin": (Post.SECURITY_ADMIN, ancestor(VILLAGE, Level.PREFECTURE)),
        "audit_admin": (Post.AUDIT_ADMIN, ancestor(VILLAGE, Level.PREFECTURE)),
    }
    strangers = {
        who: officer(post, code, name=who).officer
        for who, (post, code) in seats.items()
    }
    return strangers | {
        "nobody": None,
        "no_post": Officer.objects.create_user("no-post", password="pass-word-2018"),
        "village": world.hats[Post.VILLAGE_COMMITTEE].officer,
        "township": world.hats[Post.TOWNSHIP_CLERK].officer,
        "county_clerk": world.hats[Post.COUNTY_CLERK].officer,
        "county": world.hats[Post.COUNTY_LEADER].officer,
    }


def _met(world: World) -> CampaignMeeting:
    """A look-back of the county, and the meeting of its first village."""
    year = world.day.year
    campaign = Campaign.objects.create(
        kind=LOOK_BACK,
        place_id=ancestor(VILLAGE, Level.COUNTY),
        title="回头看",
        basis="方案",
        begins=date(year, 1, 1),
        ends=date(year, 12, 31),
        opened_by=world.hats[Post.COUNTY_CLERK],
        opened_at=world.now,
    )
    campaign.scope.add(campaign.place)
    return CampaignMeeting.objects.create(
        campaign=campaign,
        place_id=VILLAGE,
        held_on=world.day,
        place_text="村部",
        chair="石念群",
        recorder="龙守信",
        due=20,
        present=18,
        recorded_by=world.hats[Post.VILLAGE_COMMITTEE],
        recorded_at=world.now,
    )


def _photo(by: Appointment, world: World) -> Photo:
    return Photo.objects.create(
        file=ContentFile(PICTURE, name="wall.jpg"),
        sha256="0" * 64,
        width=1,
        height=1,
        uploaded_by=by,
        uploaded_at=world.now,
        place_id=VILLAGE,
        about="batch/0",
        purpose="wall",
    )


def _draft_photo(draft: DeskDraft) -> DraftPhoto:
    file = ContentFile(PICTURE, name="chosen.jpg")
    return DraftPhoto.objects.create(
        draft=draft, field="wall", file=file, width=1, height=1
    )


def _import(world: World) -> ImportRun:
    """Return a township's checked spreadsheet with a marked copy."""
    return ImportRun.objects.create(
        place_id=ancestor(VILLAGE, Level.TOWNSHIP),
        uploaded_by=world.hats[Post.TOWNSHIP_CLERK].officer,
        uploaded_at=world.now,
        touched_at=world.now,
        digest="0" * 64,
        marked=ContentFile(seal_bytes(PICTURE), name="marked.sealed"),
        on=world.day,
        year=world.day.year,
        state=RunState.CHECKED,
    )


def _export(by: Appointment, world: World) -> Export:
    """Return an export of whole numbers, which waits for its second person."""
    wish = asking.Wish(
        place=by.place,
        layout="roster",
        form="xlsx",
        on=world.day,
        clear=True,
        purpose="核对档案",
    )
    asked = asking.ask(wish, by=by.officer, title=by.recorded_title, at=world.now)
    assert isinstance(asked, Export), asked
    return asked


def _scan(by: Appointment, world: World) -> ScanPage:
    """Return a page nobody could read, in a heap of the village."""
    heap = Intake.objects.create(
        place_id=VILLAGE, taken_by=by, taken_at=world.now, subjects=["case/0"]
    )
    file = ScanFile.objects.create(
        intake=heap, name="a.pdf", sha256="0" * 64, pages_due=1, added_at=world.now
    )
    return ScanPage.objects.create(
        file=file, number=1, standing=PageStanding.UNREADABLE
    )


def _objection(paper: Paper, by: Appointment, world: World) -> Objection:
    complaint = Complaint(
        content="家里有车",
        channel=Channel.PHONE,
        received_at=world.now,
        anonymous=True,
    )
    filed = file_objection(paper, complaint, by=by, now=world.now)
    assert isinstance(filed, Objection), filed
    return filed
