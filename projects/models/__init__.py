"""Page types of what the foundation does, one module each with its index page."""

from .agreement import AgreementIndexPage, AgreementPage, PromiseText
from .course import CourseIndexPage, CoursePage, joinable
from .event import EventIndexPage, EventPage, with_days
from .good_practice import GoodPracticeCity, GoodPracticeIndexPage, GoodPracticePage
from .project import ProjectIndexPage, ProjectPage

__all__ = [
    "AgreementIndexPage",
    "AgreementPage",
    "CourseIndexPage",
    "CoursePage",
    "EventIndexPage",
    "EventPage",
    "GoodPracticeCity",
    "GoodPracticeIndexPage",
    "GoodPracticePage",
    "ProjectIndexPage",
    "ProjectPage",
    "PromiseText",
    "joinable",
    "with_days",
]
