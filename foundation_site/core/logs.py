"""What may stand in a log: it outlives what we may keep of a person, and more people read it."""

import logging
import re

KEY_IN_PATH = re.compile(r"(/(?:request|confirm|told|certificate|application|key)/)[^/\s]+")


class WithoutKeys(logging.Filter):
    """Takes the keys out of addresses: whoever has the link of an enrolment, of an application or of a new password needs nothing else."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = KEY_IN_PATH.sub(r"\1…", record.getMessage())
        record.args = ()
        return True
