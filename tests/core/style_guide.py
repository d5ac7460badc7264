"""What the style guide shows; plainly made up."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row, Submit
from django import forms
from django.core.paginator import Paginator

from sroi_portal.core.charts import Bar, BarChart, CourseChart, Line
from sroi_portal.core.form_fields import EuroField, HoursField, PercentField

TIMES = "\N{MULTIPLICATION SIGN}"
AT = dt.datetime(2026, 3, 3, 13, 5, tzinfo=dt.UTC)
TONES = ("neutral", "info", "positive", "warning", "negative")
WHATS = ("Plaatsing, banenafspraak", "Leerwerkplek bbl", "Inkoop bij sociale onderneming")
STATUSES = ("Concept", "Ingediend", "Goedgekeurd", "Terug met vraag", "Afgewezen")


class FilterForm(forms.Form):
    search = forms.CharField(label="Zoeken", required=False)
    state = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Alle"), *enumerate(STATUSES)]
    )


class PlacementForm(forms.Form):
    reference = forms.CharField(
        label="Uw kenmerk van de kandidaat",
        help_text="Geen naam en geen BSN: alleen u ziet dit kenmerk.",
    )
    group = forms.ChoiceField(
        label="Doelgroep", choices=[("", "Kies een groep"), ("a", "Banenafspraak"), ("b", "WW")]
    )
    starts_on = forms.DateField(label="Begint op", widget=forms.DateInput)
    ends_on = forms.DateField(label="Eindigt op", widget=forms.DateInput, required=False)
    hours_per_week = HoursField(label="Uren per week")
    part = PercentField(label="Deel voor dit contract", initial=Decimal("62.5"))
    cost_eur = EuroField(label="Kosten", initial=Decimal("1234.5"), required=False)
    shape = forms.ChoiceField(
        label="Soort dienstverband",
        choices=[("a", "Vast"), ("b", "Tijdelijk"), ("c", "Leerwerkplek")],
        widget=forms.RadioSelect,
    )
    evidence = forms.MultipleChoiceField(
        label="Wat hebt u gezien?",
        choices=[("a", "Arbeidsovereenkomst"), ("b", "Loonstrook")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="U verklaart dat u het stuk hebt gezien; u stuurt het niet op.",
    )
    notice = forms.FileField(label="Aankondiging (XML)", required=False)
    remark = forms.CharField(label="Toelichting", widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="De kandidaat weet dat dit wordt vastgelegd")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset("Wie", "reference", "group"),
            Fieldset(
                "Werk",
                Row("starts_on", "ends_on"),
                Row("hours_per_week", "part", "cost_eur"),
                "shape",
            ),
            Fieldset("Bewijs", "evidence", "notice", "remark", "agreed"),
        )
        self.helper.add_input(Submit("submit", "Indienen"))
        self.helper.add_input(Submit("draft", "Bewaren", css_class="secondary"))


def rows():
    return [
        {
            "period": f"kwartaal {number % 4 + 1}, 2025",
            "what": WHATS[number % 3],
            "sub": "kandidaat 7F3K-Q2MX" if number % 3 < 2 else "Proefkeuken De Lepel",
            "status": STATUSES[number % 5],
            "tone": TONES[number % 5],
            "value": Decimal("26666.67") * (number + 1) / 2,
        }
        for number in range(120)
    ]


def bars():
    return BarChart(
        key="ministries",
        title="Verplicht en gedaan per ministerie",
        description="Drie ministeries; Voorbeelden ligt achter, Proeven is klaar.",
        bars=[
            Bar(
                "Ministerie van Voorbeelden",
                Decimal(1234000),
                Decimal(587384),
                Decimal(120000),
                Decimal(715720),
            ),
            Bar(
                "Ministerie van Proeven",
                Decimal(640000),
                Decimal(655000),
                Decimal(0),
                Decimal(480000),
            ),
            Bar(
                "Ministerie van Oefening",
                Decimal(310000),
                Decimal(21000),
                Decimal(54000),
                Decimal(90000),
            ),
        ],
    )


def course():
    days = [dt.date(2024 + number // 12, number % 12 + 1, 1) for number in range(3, 27)]
    return CourseChart(
        key="course",
        title="Verloop van de verplichting",
        description="De verplichting is 123.400 euro; er is 58.738 euro goedgekeurd.",
        lines=[
            Line("Goedgekeurd", [(day, Decimal(58738) * n**2 / 529) for n, day in enumerate(days)]),
            Line("Verwacht", [(day, Decimal(71572) * n / 23) for n, day in enumerate(days)]),
            Line("Verplicht", [(day, Decimal(123400)) for day in days]),
        ],
    )


def context(*, filled=False):
    """Everything that core/style_guide.html shows; `filled` sends an empty form."""
    return {
        "demo": True,
        "user": SimpleNamespace(
            is_authenticated=True, name="Olga Voorbeeld", email="olga@voorbeeld.example"
        ),
        "session_seconds": 1800,
        "navigation": {
            "places": [
                {"label": "Werklijst", "url": "#", "current": False, "count": 12},
                {"label": "Aanbestedingen", "url": "#", "current": False, "count": 0},
                {"label": "Contracten", "url": "#", "current": True, "count": 0},
                {"label": "Bijdragen", "url": "#", "current": False, "count": 3},
                {"label": "Overzicht", "url": "#", "current": False, "count": 0},
                {"label": "Rapporten", "url": "#", "current": False, "count": 0},
            ],
            "more": [{"label": "Steekproeven", "url": "#", "current": False, "count": 2}],
            "more_count": 2,
        },
        "starts_on": dt.date(2024, 4, 1),
        "ends_on": dt.date(2028, 3, 31),
        "rate": Decimal(5),
        "owed": Decimal("123400.00"),
        "verified": Decimal("58738.40"),
        "submitted": Decimal("26666.67"),
        "share": Decimal("47.6"),
        "value": Decimal("26666.67"),
        "at": AT,
        "sort": "-value",
        "page": Paginator(rows(), 5).page(7),
        "filters": FilterForm(),
        "form": PlacementForm({"cost_eur": "geen"}) if filled else PlacementForm(),
        "tones": TONES,
        "bars": bars(),
        "course": course(),
        "events": [
            {"at": AT, "title": "Bijdrage ingediend", "by": "Sara Voorbeeld", "text": ""},
            {"at": AT, "title": "Contract overgedragen", "by": "Piet Voorbeeld", "text": ""},
            {"at": AT, "title": "Contract vastgelegd", "by": "", "text": "Uit een aankondiging."},
        ],
        "lines": [
            {
                "label": "Banenafspraak, waarde van een jaar",
                "value": "€\N{NO-BREAK SPACE}40.000,00",
                "note": "tabel Voorbeeldstad 2025, rij 3",
            },
            {"label": "32 van 36 uur per week", "value": f"{TIMES} 8/9", "note": "aangenomen norm"},
            {
                "label": "9 maanden",
                "value": f"{TIMES} 9/12",
                "note": "april tot en met december 2025",
            },
        ],
        "steps": [
            {"label": "Kandidaat", "state": "done", "url": ""},
            {"label": "Werk en periode", "state": "current", "url": ""},
            {"label": "Controleren en indienen", "state": "todo", "url": ""},
        ],
    }
