"""What the kept libraries know of a country's days off and its make-up workdays (调休)."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass

import holidays
from chinese_calendar import constants as chinese
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Country(models.TextChoices):
    """Where people of one company may work; more of what `holidays` knows can be named here."""

    CN = "CN", _("China")
    HK = "HK", _("Hong Kong")
    MO = "MO", _("Macao")
    TW = "TW", _("Taiwan")
    SG = "SG", _("Singapore")
    JP = "JP", _("Japan")
    KR = "KR", _("South Korea")
    MY = "MY", _("Malaysia")
    TH = "TH", _("Thailand")
    VN = "VN", _("Vietnam")
    IN = "IN", _("India")
    AU = "AU", _("Australia")
    DE = "DE", _("Germany")
    FR = "FR", _("France")
    GB = "GB", _("United Kingdom")
    NL = "NL", _("Netherlands")
    US = "US", _("United States")
    CA = "CA", _("Canada")


@dataclass(frozen=True)
class PublicDay:
    """A day off, or with `works` a make-up workday."""

    works: bool
    name: str
    english_name: str

    @property
    def display_name(self) -> str:
        return self.english_name if get_language() == "en" else self.name


@dataclass(frozen=True)
class PublicYear:
    """`provisional`: days may still come or move, as nothing official about this year is kept here."""

    days: Mapping[dt.date, PublicDay]
    provisional: bool


NOTHING = PublicYear({}, provisional=False)
FIRST_YEAR, LAST_YEAR = 2000, 2100
_NAMES = {holiday.value: holiday.chinese for holiday in chinese.Holiday}
_CHINESE_YEARS = {day.year for day in chinese.holidays}


def regions_of(country: str) -> tuple[str, ...]:
    return tuple(holidays.country_holidays(country).subdivisions)


@functools.lru_cache(maxsize=1024)
def public_year(country: str, region: str, year: int) -> PublicYear:
    if not country:
        return NOTHING
    if country == Country.CN and year in _CHINESE_YEARS:
        return PublicYear(_decreed(year), provisional=False)
    days = _calculated(country, region, year)
    estimated = any("estimated" in day.english_name for day in days.values())
    return PublicYear(days, provisional=country == Country.CN or not days or estimated)


def _decreed(year: int) -> dict[dt.date, PublicDay]:
    """By the State Council, which moves workdays to weekends around long holidays."""
    off = {day: PublicDay(False, _NAMES[name], name) for day, name in chinese.holidays.items()}
    made_up = {
        day: PublicDay(True, f"{_NAMES[name]}调休", f"Make-up day for {name}")
        for day, name in chinese.workdays.items()
    }
    return {day: found for day, found in (off | made_up).items() if day.year == year}


def _calculated(country: str, region: str, year: int) -> dict[dt.date, PublicDay]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    names = _in_language("zh_CN", country, region, year)
    english = _in_language("en_US", country, region, year)
    return {day: PublicDay(False, names[day], english[day]) for day in sorted(english)}


def _in_language(language: str, country: str, region: str, year: int) -> dict[dt.date, str]:
    """In English, or else in the country's own language, where the library does not speak this one."""
    spoken = holidays.country_holidays(country).supported_languages
    chosen = next((each for each in (language, "en_US") if each in spoken), None)
    return dict(
        holidays.country_holidays(
            country, subdiv=region or None, years=year, language=chosen, expand=False
        ).items()
    )
