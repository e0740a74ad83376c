"""Controllers: each reads, calls one verb, shows."""

from prakarsa.web.pages.applying import Applying
from prakarsa.web.pages.certificates import Certificates
from prakarsa.web.pages.console.answering import Answering
from prakarsa.web.pages.console.books import Books
from prakarsa.web.pages.console.cancellations import Cancellations
from prakarsa.web.pages.console.curation import Curating
from prakarsa.web.pages.console.curation_institutions import CuratingInstitutions
from prakarsa.web.pages.console.curation_monitoring import Monitoring
from prakarsa.web.pages.console.entrance import Entrance
from prakarsa.web.pages.console.gap_lists import GapLists
from prakarsa.web.pages.console.held import Held
from prakarsa.web.pages.console.mass import MassActions
from prakarsa.web.pages.console.noticing import Noticing
from prakarsa.web.pages.console.paying import Paying
from prakarsa.web.pages.console.policy import Policy
from prakarsa.web.pages.console.rehearsing import CutOver, DryRuns, Rehearsing
from prakarsa.web.pages.console.waves import Waves
from prakarsa.web.pages.courses import Courses
from prakarsa.web.pages.desk import Desk
from prakarsa.web.pages.desk_holds import DeskHolds
from prakarsa.web.pages.draws import Draws
from prakarsa.web.pages.files import Files
from prakarsa.web.pages.held import HeldForAll
from prakarsa.web.pages.me import Me
from prakarsa.web.pages.my_courses import MyCourses
from prakarsa.web.pages.payouts import Payouts
from prakarsa.web.pages.policy import PublicPolicy
from prakarsa.web.pages.public import Public
from prakarsa.web.pages.questions import Questions
from prakarsa.web.pages.sign_in import SignIn
from prakarsa.web.pages.status import Status
from prakarsa.web.pages.surveys import Surveys
from prakarsa.web.pages.verify import Verify

CONTROLLERS = (
    Answering,
    Applying,
    Books,
    Cancellations,
    Certificates,
    Courses,
    Curating,
    CuratingInstitutions,
    CutOver,
    Desk,
    DeskHolds,
    Draws,
    DryRuns,
    Entrance,
    Files,
    GapLists,
    Held,
    HeldForAll,
    MassActions,
    Me,
    Monitoring,
    MyCourses,
    Noticing,
    Paying,
    Payouts,
    Policy,
    Public,
    PublicPolicy,
    Questions,
    Rehearsing,
    SignIn,
    Status,
    Surveys,
    Verify,
    Waves,
)
