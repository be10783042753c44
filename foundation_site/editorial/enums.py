from enum import StrEnum


class Role(StrEnum):
    """Who does what in the house. The value is the group's name, as people there say it."""

    EDITORS = "Redazione"
    APPROVERS = "Approvazione"
    TRANSLATORS = "Traduzione"
    COURSE_DESK = "Sportello corsi"
    ASSESSORS = "Valutazione"
    TEACHERS = "Insegnanti"
    MEMBERSHIP_DESK = "Sportello adesioni"
    ADMINISTRATORS = "Amministrazione"
