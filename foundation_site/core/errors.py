from django.core.exceptions import ValidationError


class RuleViolation(ValidationError):
    """The one error of the domain: a rule says no, in a sentence that the person can read and act on.

    Raised by domain functions with a translated sentence; views and forms show it as it is.
    """

    def __str__(self) -> str:
        return " ".join(self.messages)
