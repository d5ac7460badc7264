"""What the pages and the form templates of the NL Design System need and Django has not."""

from decimal import Decimal
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.base import NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sroi_portal.core.charts import BarChart, CourseChart
from sroi_portal.core.templatetags import formats

register = template.Library()

CONTROL_CLASSES = {
    "select": "utrecht-select utrecht-select--html-select",
    "textarea": "utrecht-textarea utrecht-textarea--html-textarea",
    "checkbox": "utrecht-checkbox utrecht-checkbox--custom utrecht-checkbox--html-input",
    "checkboxes": "utrecht-checkbox utrecht-checkbox--custom utrecht-checkbox--html-input",
    "radios": "utrecht-radio-button utrecht-radio-button--html-input",
    "file": "control--file",
    "text": "utrecht-textbox utrecht-textbox--html-input",
}
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.MultipleHiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
)


class CaptureNode(template.Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        context[self.name] = SafeString(self.nodelist.render(context).strip())
        return SafeString("")


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """Keep what stands between in a variable: `{% capture name %}…{% endcapture %}`."""
    try:
        _tag, name = token.split_contents()
    except ValueError as reason:
        raise template.TemplateSyntaxError("capture takes one name") from reason
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(name, nodelist)


@register.filter
def kind(field: BoundField) -> str:
    """Which form component shows this field."""
    return kind_of(field.field.widget)


def kind_of(widget: forms.Widget) -> str:
    return next((name for shape, name in KINDS if isinstance(widget, shape)), "text")


@register.filter
def control(field: BoundField) -> SafeString:
    """Render the widget as a component: its classes, a native date picker, the error's state."""
    return field.as_widget(attrs=control_attrs(field))


@register.filter
def choices(field: BoundField) -> list[Any]:
    """Return the radios or boxes of a group, each with its own input, dressed as a component."""
    _add_class(field.field.widget, CONTROL_CLASSES[kind(field)])
    return field.subwidgets


def control_attrs(field: BoundField) -> dict[str, Any]:
    widget = field.field.widget
    for part in getattr(widget, "widgets", [widget]):
        _use_native_picker(part)
        _add_class(part, f"{CONTROL_CLASSES.get(kind_of(part), '')} {_size_class(part)}")
        if field.errors and kind_of(part) in {"text", "textarea", "select"}:
            _add_class(part, f"utrecht-{_component(part)}--invalid")
    return {}


@register.filter
def anchor(field: BoundField) -> str:
    """Name what a link in the error summary leads to: the first thing one can type in."""
    if kind(field) in {"checkboxes", "radios"} or hasattr(field.field.widget, "widgets"):
        return f"{field.auto_id}_0"
    return str(field.auto_id)


@register.filter
def as_laid_out(form: forms.BaseForm) -> list[BoundField]:
    """Give the visible fields in the order in which the page shows them."""
    layout = getattr(getattr(form, "helper", None), "layout", None)
    names = [each.name for each in layout.get_field_names()] if layout else []
    place = {name: index for index, name in enumerate(names)}
    return sorted(form.visible_fields(), key=lambda field: place.get(field.name, len(names)))


@register.filter
def as_filter(form: Any) -> Any:
    """Say of a question in an address that it was not understood: nothing was to be saved."""
    if not getattr(form, "error_title", None):
        form.error_title = _("A filter was not understood.")
    return form


@register.filter
def page_numbers(page: Page[Any]) -> list[int | str]:
    """First, last and the neighbours of this page, with gaps between."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def shown_as(amount: Decimal | None, chart: BarChart | CourseChart) -> str:
    """Format an amount the way the chart beside it does."""
    return formats.number(None) if amount is None else chart.show(amount)


def _use_native_picker(widget: forms.Widget) -> None:
    if isinstance(widget, forms.DateInput):
        widget.input_type = "date"
        widget.format = "%Y-%m-%d"


def _size_class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.DateInput):
        return "control--date"
    is_number = isinstance(widget, forms.NumberInput) or "inputmode" in widget.attrs
    return "control--number" if is_number else ""


def _component(widget: forms.Widget) -> str:
    name = kind_of(widget)
    return "textbox" if name == "text" else name


def _add_class(widget: forms.Widget, names: str) -> None:
    present = str(widget.attrs.get("class", "")).split()
    wanted = [name for name in names.split() if name not in present]
    widget.attrs["class"] = " ".join([*present, *wanted])
