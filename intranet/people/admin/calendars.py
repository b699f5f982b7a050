from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intranet import clock
from intranet.people import actions
from intranet.people.action_admin import ActionAdmin, ActionForm
from intranet.people.admin.calendar_import import import_page
from intranet.people.calendar_year import year_of
from intranet.people.calendars import Schedule, schedule_of
from intranet.people.hours import check_hours, read_spans, show_spans
from intranet.people.models import User, WorkCalendar
from intranet.people.public_days import FIRST_YEAR, LAST_YEAR

FIELDS = ("name", "english_name", "country", "region")
DAYS = tuple(f"hours_{weekday}" for weekday in range(7))


class SpansField(forms.Field):
    """The hours of one weekday, as people write them."""

    widget = forms.TextInput(attrs={"class": "vTextField"})

    def to_python(self, value: Any) -> list[list[int]]:
        return read_spans(value or "")

    def prepare_value(self, value: Any) -> Any:
        return show_spans(value) if isinstance(value, list) else value


class CalendarForm(ActionForm):
    class Meta:
        model = WorkCalendar
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, spans in zip(DAYS, self.instance.hours, strict=True):
            if name in self.fields:
                self.fields[name].initial = spans

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if all(name in cleaned for name in DAYS):
            cleaned["hours"] = [cleaned[name] for name in DAYS]
            check_hours(cleaned["hours"])
        return cleaned

    def fields_of_calendar(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*FIELDS, "hours")}


class WeekForm(CalendarForm):
    hours_0 = SpansField(label=WEEKDAYS[0], required=False)
    hours_1 = SpansField(label=WEEKDAYS[1], required=False)
    hours_2 = SpansField(label=WEEKDAYS[2], required=False)
    hours_3 = SpansField(label=WEEKDAYS[3], required=False)
    hours_4 = SpansField(label=WEEKDAYS[4], required=False)
    hours_5 = SpansField(label=WEEKDAYS[5], required=False)
    hours_6 = SpansField(label=WEEKDAYS[6], required=False)


@admin.register(WorkCalendar)
class CalendarAdmin(ActionAdmin):
    form = WeekForm
    list_display = ("called", "country", "of_company", "used_by", "years")
    list_display_links = ("called",)
    search_fields = ("name", "english_name")
    actions = ("make_default",)
    fieldsets: ClassVar = (
        (None, {"fields": FIELDS}),
        (
            _("Working hours"),
            {
                "fields": DAYS,
                "description": _(
                    "Write hours like 09:00–12:00, 13:30–18:00; 22:00–06:00 ends the next day. "
                    "Empty is a day off. They are local time wherever somebody is."
                ),
            },
        ),
    )

    class Media:
        css: ClassVar = {"all": ("people/calendar.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[WorkCalendar]:
        counted = WorkCalendar.objects.prefetch_related("imported_years").annotate(
            of_people=Count("people", distinct=True), of_departments=Count("departments", distinct=True)
        )
        return counted.order_by("-is_default", "name", "pk")

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.import_days)
        return [
            path("<path:object_id>/import/", page, name="people_workcalendar_import"),
            *super().get_urls(),
        ]

    # --- Reading ------------------------------------------------------------------------------------------

    @admin.display(description=_("name"), ordering="name")
    def called(self, calendar: WorkCalendar) -> str:
        return calendar.display_name

    @admin.display(description=_("the company's"))
    def of_company(self, calendar: WorkCalendar) -> str:
        return "✓" if calendar.is_default else ""

    @admin.display(description=_("used by"))
    def used_by(self, calendar: WorkCalendar) -> str:
        counts = {"people": calendar.of_people, "departments": calendar.of_departments}  # type: ignore[attr-defined]
        return gettext("people: %(people)s, departments: %(departments)s") % counts

    @admin.display(description=_("years"))
    def years(self, calendar: WorkCalendar) -> str:
        schedule = Schedule(calendar, imported={each.year for each in calendar.imported_years.all()})
        this_year = clock.now().year
        return ", ".join(_year_word(schedule, year) for year in (this_year, this_year + 1))

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if calendar := context.get("original"):
            year = _asked_year(request)
            context["year"] = year_of(schedule_of(calendar, year), year)
            context["year_before"] = year - 1 if year > FIRST_YEAR else None
            context["year_after"] = year + 1 if year < LAST_YEAR else None
            context["weekdays"] = [(WEEKDAYS[at], _short(at)) for at in range(7)]
        return super().render_change_form(request, context, *args, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """The company's stays until another one is."""
        kept = isinstance(obj, WorkCalendar) and obj.is_default
        return not kept and super().has_delete_permission(request, obj)

    # --- Writing ------------------------------------------------------------------------------------------

    def add(self, actor: User, form: forms.ModelForm) -> WorkCalendar:
        return actions.create_calendar(actor=actor, **cast("CalendarForm", form).fields_of_calendar())

    def change(self, actor: User, form: forms.ModelForm) -> None:
        fields = cast("CalendarForm", form).fields_of_calendar()
        changed = {"hours" if name in DAYS else name for name in form.changed_data}
        if wanted := {name: fields[name] for name in sorted(changed)}:
            actions.change_calendar(actor=actor, calendar=form.instance, **wanted)

    def remove(self, actor: User, row: WorkCalendar) -> None:
        actions.remove_calendar(actor=actor, calendar=row)

    def import_days(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return import_page(self, request, object_id)

    @admin.action(description=_("Make it the company's calendar"), permissions=["change"])
    def make_default(self, request: HttpRequest, rows: QuerySet[WorkCalendar]) -> None:
        if len(rows) > 1:
            messages.error(request, _("Choose one calendar."))
            return
        self.apply(request, rows, lambda actor, row: actions.make_default_calendar(actor=actor, calendar=row))


def _short(weekday: int) -> str:
    """一 of 星期一, Mon of Monday."""
    return str(WEEKDAYS_ABBR[weekday]).removeprefix("星期")


def _year_word(schedule: Schedule, year: int) -> str:
    return gettext("%(year)s (provisional)") % {"year": year} if schedule.is_provisional(year) else str(year)


def _asked_year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else clock.now().year
    return min(max(year, FIRST_YEAR), LAST_YEAR)
