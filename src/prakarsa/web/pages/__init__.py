"""Controllers: each reads, calls one verb, shows."""

from prakarsa.web.pages.applying import Applying
from prakarsa.web.pages.certificates import Certificates
from prakarsa.web.pages.console.answering import Answering
from prakarsa.web.pages.console.books import Books
from prakarsa.web.pages.console.entrance import Entrance
from prakarsa.web.pages.console.held import Held
from prakarsa.web.pages.console.paying import Paying
from prakarsa.web.pages.console.waves import Waves
from prakarsa.web.pages.courses import Courses
from prakarsa.web.pages.draws import Draws
from prakarsa.web.pages.files import Files
from prakarsa.web.pages.me import Me
from prakarsa.web.pages.my_courses import MyCourses
from prakarsa.web.pages.payouts import Payouts
from prakarsa.web.pages.public import Public
from prakarsa.web.pages.questions import Questions
from prakarsa.web.pages.sign_in import SignIn
from prakarsa.web.pages.verify import Verify

CONTROLLERS = (
    Answering,
    Applying,
    Books,
    Certificates,
    Courses,
    Draws,
    Entrance,
    Files,
    Held,
    Me,
    MyCourses,
    Paying,
    Payouts,
    Public,
    Questions,
    SignIn,
    Verify,
    Waves,
)
