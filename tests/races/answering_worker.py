"""Answers people as fast as it can, and says each receipt code at once, as the page behind the form would; until it is killed.

python tests/races/answering_worker.py <edition> <what its names begin with>
"""

# ruff: noqa: T201 - the answer is what is printed

import sys
from itertools import count

from enrolment_worker import ask, letters

from projects.enrolment.models import Edition

if __name__ == "__main__":
    edition = Edition.objects.get(pk=int(sys.argv[1]))
    for turn in count():
        print(ask(edition, f"{sys.argv[2]} {letters(turn)}").receipt_code, flush=True)
