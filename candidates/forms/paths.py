"""What is typed of a shared path: its steps, and which of one's own people walks it."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _

from candidates import actions
from candidates.models import SharedPath, StepForm
from candidates.models.candidate import LONGEST_REFERENCE
from sroi_portal.core.form_fields import PercentField
from sroi_portal.core.forms import CHOOSE, PortalForm
from suppliers.models import Supplier

MOST_STEPS, EMPTY_STEPS = 8, 2


class PathStepForm(PortalForm):
    """One step; left empty it is not there."""

    supplier = forms.ModelChoiceField(Supplier.objects.none(), label=_("With"))
    form = forms.ChoiceField(label=_("What"), choices=[CHOOSE, *StepForm.choices])
    title = forms.CharField(
        label=_("In a few words"),
        max_length=100,
        help_text=_("The work or what is learned; no name."),
    )
    starts_on = forms.DateField(label=_("From"))
    ends_on = forms.DateField(label=_("Until, if known"), required=False)
    pct = PercentField(
        label=_("Part of the credit"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        help_text=_("On each day the parts are 100 % together."),
    )

    def __init__(self, *args: Any, suppliers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["supplier"]
        chosen.queryset = Supplier.objects.filter(pk__in=suppliers)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row("supplier", "form"), "title", Row("starts_on", "ends_on", "pct"), "DELETE"
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first."))
        return cleaned

    def step(self) -> actions.StepFacts:
        names = ("supplier", "form", "title", "starts_on", "ends_on", "pct")
        return actions.StepFacts(**{name: self.cleaned_data[name] for name in names})


type Steps = BaseFormSet[PathStepForm]

StepsForm: type[Steps] = forms.formset_factory(
    PathStepForm,
    extra=EMPTY_STEPS,
    max_num=MOST_STEPS,
    absolute_max=MOST_STEPS,
    validate_max=True,
    can_delete=True,
)


def steps_form(data: Any, path: SharedPath) -> Steps:
    """Begin with the newest plan, so that one changes only what is different."""
    plan = path.plans.order_by("-version").first()
    names = ("supplier", "form", "title", "starts_on", "ends_on", "pct")
    steps = plan.steps.all() if plan else ()
    initial = [{name: getattr(each, name) for name in names} for each in steps]
    made = StepsForm(data, initial=initial, form_kwargs={"suppliers": path.supplier_ids})
    for form in made.forms:
        form.fields["DELETE"].label = _("Leave this step out")
    return made


def steps_of(typed: Steps) -> list[actions.StepFacts]:
    left_out = typed.deleted_forms
    kept = [each for each in typed.forms if each.has_changed() or each.initial]
    return [each.step() for each in kept if each not in left_out]


class TieForm(PortalForm):
    """One's own reference for the person, and the code of the other supplier."""

    reference = forms.CharField(
        label=_("Your own reference for the person"),
        max_length=LONGEST_REFERENCE,
        help_text=_("As you entered it at the placement. Nobody else reads it."),
    )
    code = forms.CharField(
        label=_("One-time code"),
        max_length=20,
        required=False,
        help_text=_("The supplier that tied its person first gives it to you."),
    )

    def __init__(self, *args: Any, asks_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = asks_code
        if not asks_code:
            del self.fields["code"]
