import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from foundation_site.core.partial_dates import validate_partial_date
from foundation_site.core.templatetags.ui import partial_date


@pytest.mark.parametrize("value", ["1962", "2011-10", "2019-02-27", "2020-02-29"])
def test_date_that_exists_can_be_written_in_words(value: str):
    validate_partial_date(value)

    with override("it"):
        assert partial_date(value)


@pytest.mark.parametrize(
    "value", ["2019-02-31", "2019-13", "2019-00", "0000", "0000-01", "19", "2019-1", "2019-02-27x", "٢٠١٩", ""]
)
def test_date_that_does_not_is_refused(value: str):
    with pytest.raises(ValidationError):
        validate_partial_date(value)
