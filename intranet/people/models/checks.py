from __future__ import annotations

import functools
import zoneinfo

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _


@functools.cache
def time_zone_names() -> frozenset[str]:
    """Python walks through the zones' files each time that it is asked."""
    return frozenset(zoneinfo.available_timezones())


def check_time_zone(name: str) -> None:
    if name not in time_zone_names():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})


# No “@”: a user name must not look like somebody's address, as one signs in with either.
check_username = RegexValidator(
    r"^[\w.-]+\Z", _("A user name consists of letters, digits, dots, hyphens and underscores.")
)
# What stands where a user name does in an address, /people/<username>/.
RESERVED_NAMES = frozenset({"groups"})


def check_not_reserved(name: str) -> None:
    if name.lower() in RESERVED_NAMES:
        raise ValidationError(_("“%(name)s” is taken by the product itself."), params={"name": name})
