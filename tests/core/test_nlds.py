from decimal import Decimal

import pytest
from crispy_forms.bootstrap import (
    AppendedText,
    FormActions,
    InlineRadios,
    PrependedText,
)
from crispy_forms.helper import FormHelper
from crispy_forms.layout import (
    Button,
    ButtonHolder,
    Column,
    Div,
    Hidden,
    Layout,
    MultiField,
    Submit,
)
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.paginator import Paginator
from django.template import Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from lxml import html

from sroi_portal.core.fields import MoneyField, PercentageField
from sroi_portal.core.form_fields import AmountField, EuroField, HoursField, plain
from sroi_portal.core.templatetags import nlds
from tests.core import style_guide


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def form_of(form, **helper):
    form.helper = getattr(form, "helper", FormHelper())
    for name, value in helper.items():
        setattr(form.helper, name, value)
    return html.fromstring(render_crispy_form(form))


@pytest.fixture
def refused():
    return form_of(style_guide.PlacementForm({"cost_eur": "geen"}))


def field(page, name):
    return page.xpath(f'//*[@name="{name}"]')[0]


def page_of(**context):
    request = RequestFactory().get("/?state=1")
    return render_to_string("core/style_guide.html", style_guide.context(**context), request)


def test_every_input_has_one_label():
    page = form_of(style_guide.PlacementForm())
    for control in page.xpath('//input[not(@type="hidden")] | //select | //textarea'):
        assert len(page.xpath(f'//label[@for="{control.get("id")}"]')) == 1, control.get("name")


def test_every_described_input_points_at_texts_that_exist(refused):
    for control in refused.xpath("//*[@aria-describedby]"):
        for name in control.get("aria-describedby").split():
            assert len(refused.xpath(f'//*[@id="{name}"]')) == 1, name


def test_a_refused_field_says_so_to_eye_and_ear(refused):
    control = field(refused, "cost_eur")
    assert control.get("aria-invalid") == "true"
    assert "utrecht-textbox--invalid" in control.get("class")
    assert refused.get_element_by_id("id_cost_eur_error").text_content().split() == [
        "Error:",
        "Enter",
        "a",
        "number.",
    ]


def test_the_error_summary_leads_to_what_can_be_typed_in(refused):
    links = refused.xpath('//*[contains(@class, "error-summary")]//a/@href')
    assert "#id_reference" in links
    assert "#id_shape_0" in links
    for link in links:
        assert refused.get_element_by_id(link[1:]).tag in {"input", "select", "textarea"}


def test_an_error_of_the_whole_form_or_a_hidden_field_stands_in_the_summary():
    class Secret(forms.Form):
        key = forms.UUIDField(widget=forms.HiddenInput, label="Key")

        def clean(self):
            raise forms.ValidationError("Not today")

    summary = form_of(Secret({})).xpath('//*[contains(@class, "error-summary")]//li/text()')
    assert [line.strip() for line in summary] == ["Not today", "Key: This field is required."]


class Asked(forms.Form):
    year = forms.IntegerField(required=False)


@pytest.mark.parametrize("title", ["", "Left out."])
def test_a_filter_that_is_not_understood_was_not_to_be_saved(title):
    form = Asked({"year": "x"})
    form.error_title = title
    request = RequestFactory().get("/?year=x")
    page = html.fromstring(render_to_string("core/filters.html", {"form": form}, request))
    said = page.xpath('//*[contains(@class, "error-summary")]/h2/text()')
    assert said == [title or "A filter was not understood."]


def test_groups_of_choices_are_fieldsets_with_their_question():
    page = form_of(style_guide.PlacementForm())
    group = page.xpath('//*[@id="div_id_evidence"]//fieldset')[0]
    assert group.xpath("legend")[0].text_content().split()[:4] == ["Wat", "hebt", "u", "gezien?"]
    assert group.get("aria-describedby") == "id_evidence_helptext"
    assert [box.get("value") for box in group.xpath(".//input")] == ["a", "b"]


def test_only_what_is_not_compulsory_is_marked():
    page = form_of(style_guide.PlacementForm())
    marked = page.xpath('//*[@class="optional"]/ancestor::*[self::label or self::legend]')
    assert [" ".join(each.text_content().split()) for each in marked] == [
        "Eindigt op (not compulsory)",
        "Kosten (not compulsory)",
        "Wat hebt u gezien? (not compulsory)",
        "Aankondiging (XML) (not compulsory)",
        "Toelichting (not compulsory)",
    ]


def test_days_have_a_native_picker_in_every_language():
    with translation.override("nl"):
        page = form_of(style_guide.PlacementForm(initial={"starts_on": style_guide.AT.date()}))
    assert field(page, "starts_on").get("type") == "date"
    assert field(page, "starts_on").get("value") == "2026-03-03"


def test_amounts_show_their_unit_and_a_keyboard_for_numbers():
    with translation.override("nl"):
        page = form_of(style_guide.PlacementForm())
    cost = field(page, "cost_eur")
    assert (cost.get("inputmode"), cost.get("value")) == ("decimal", "1234,5")
    assert cost.getprevious().text == "€"
    assert field(page, "part").getnext().text == "%"


def test_a_form_with_a_file_is_sent_as_parts_and_is_checked_by_us():
    page = form_of(style_guide.PlacementForm())
    assert page.get("enctype") == "multipart/form-data"
    assert page.get("novalidate") is not None


def test_attributes_of_helper_and_widget_are_kept():
    class Mail(forms.Form):
        email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    page = form_of(Mail(), attrs={"data-autosave": "/x/"}, form_id="f", form_action="/go/")
    assert (page.get("data-autosave"), page.get("id"), page.get("action")) == ("/x/", "f", "/go/")
    assert field(page, "email").get("autocomplete") == "email"


def test_every_object_of_a_layout_has_a_template():
    class Wide(forms.Form):
        one = forms.CharField()
        two = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
        three = forms.CharField()
        four = forms.CharField()

    form = Wide()
    form.helper = FormHelper()
    form.helper.layout = Layout(
        Div(AppendedText("one", "uur"), css_class="x", css_id="y"),
        InlineRadios("two"),
        Column(PrependedText("three", "€")),
        MultiField("Both", "four"),
        ButtonHolder(Submit("go", "Go"), Button("no", "No"), Hidden("h", "1")),
        FormActions(Submit("later", "Later", css_class="secondary")),
    )
    page = form_of(form)
    assert page.xpath('//*[@class="affix__text"]/text()') == ["uur", "€"]
    assert [button.get("type") for button in page.xpath("//button")] == [
        "submit",
        "button",
        "submit",
    ]
    assert "utrecht-button--secondary-action" in field(page, "later").get("class")
    assert field(page, "h").get("type") == "hidden"


def test_a_set_of_forms_carries_its_management_form():
    formset_class = forms.formset_factory(
        style_guide.FilterForm, extra=2, min_num=3, validate_min=True
    )
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}
    formset = formset_class(data)
    page = html.fromstring(render_crispy_form(formset, FormHelper()))
    assert field(page, "form-TOTAL_FORMS") is not None
    assert page.xpath('//*[contains(@class, "error-summary")]//li/text()') == [
        "Please submit at least 3 forms."
    ]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1234,56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1234.56", "1234.56"),
        ("€ 1.234.567", "1234567"),
        ("1,234", "1234"),
        ("0.125", "0.125"),
        ("-12,5", "-12.5"),
        ("1\N{NO-BREAK SPACE}234,5", "1234.5"),
        ("12 %", "12"),
        ("veel", "veel"),
    ],
)
def test_amounts_are_read_the_dutch_and_the_english_way(typed, read):
    assert plain(typed) == read


def test_an_amount_that_is_shown_reads_back_as_itself():
    for language in ("nl", "en"):
        with translation.override(language):
            shown = AmountField().prepare_value(Decimal("1234.50"))
            assert EuroField().clean(shown) == Decimal("1234.50")


def test_an_amount_already_read_or_missing_stays():
    assert HoursField(required=False).clean("") is None
    assert HoursField().to_python(Decimal(36)) == Decimal(36)
    assert HoursField().prepare_value("zes") == "zes"


def test_money_and_percentages_of_models_know_their_form_field():
    assert MoneyField().formfield().unit_before == "€"
    assert PercentageField().formfield().unit_after == "%"
    with pytest.raises(forms.ValidationError):
        PercentageField().formfield().clean("100000")


def test_the_tab_of_a_refused_page_begins_with_error():
    def title(page):
        return " ".join(html.fromstring(page).findtext(".//title").split())

    assert title(page_of()) == "Onderhoud rijksgebouwen Noord \N{EN DASH} SROI-portaal"
    assert (
        title(page_of(filled=True))
        == "Error: Onderhoud rijksgebouwen Noord \N{EN DASH} SROI-portaal"
    )


def test_no_page_carries_inline_style_or_script():
    page = html.fromstring(page_of(filled=True))
    assert page.xpath("//@style | //style | //@onclick | //script[not(@src)]") == []


def test_ids_are_unique_and_references_exist():
    page = html.fromstring(page_of(filled=True))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for name in page.xpath("//@aria-labelledby"):
        assert all(each in ids for each in name.split())
    for name in page.xpath("//@popovertarget"):
        assert name in ids


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_need_no_request(code):
    page = html.fromstring(render_to_string(f"{code}.html"))
    assert page.findtext(".//h1")
    assert not page.xpath("//nav[@id='main-menu']")


def test_sorting_turns_round_and_forgets_the_page():
    request = RequestFactory().get("/?sort=value&page=3&state=1")
    shown = {"field": "value", "label": "Value", "sort": "value"}
    head = render_to_string("core/sort_header.html", shown, request)
    assert 'href="?sort=-value&amp;state=1"' in head
    assert 'aria-sort="ascending"' in head


def test_pages_keep_the_filter():
    request = RequestFactory().get("/?state=1")
    page = Paginator(range(100), 5).page(7)
    shown = render_to_string("core/pagination.html", {"page": page}, request)
    assert 'href="?state=1&amp;page=8"' in shown
    assert nlds.page_numbers(page) == [1, "…", 6, 7, 8, "…", 20]
    assert (
        render_to_string("core/pagination.html", {"page": Paginator([], 5).page(1)}).strip() == ""
    )


def test_progress_without_a_value_is_of_unknown_length():
    bar = html.fromstring(
        render_to_string("core/progress.html", {"label": "Printing", "value": None})
    )
    assert bar.find(".//progress").get("value") is None


def test_capture_takes_one_name():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load nlds %}{% capture %}x{% endcapture %}")
