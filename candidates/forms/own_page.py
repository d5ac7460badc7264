"""What a person types on the own page; every complaint is in the language of the page."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from candidates.actions import SHORTEST_CODE, Said
from candidates.actions.personal_links import SAME
from candidates.letters import Texts
from candidates.models import Outcome, Voice, VoiceAnswer, VoiceQuestion
from sroi_portal.core import personal
from sroi_portal.core.forms import PortalForm

LONGEST = 500


class OwnForm(PortalForm):
    """Refuses a BSN as every form does, in the person's own language."""

    def __init__(self, *args: Any, texts: Texts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts
        for field in self.fields.values():
            field.error_messages |= {
                "required": texts["error_choose"],
                "invalid_choice": texts["error_choose"],
                "max_length": texts["error_long"],
            }
            checks: list[Any] = field.validators
            for check in checks:
                if getattr(check, "code", "") == "max_length":
                    check.message = texts["error_long"]

    def clean(self) -> dict[str, Any]:
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and personal.contains_bsn(value):
                self.add_error(name, ValidationError(self.texts["error_bsn"], code="bsn"))
        return self.cleaned_data


class CodeForm(OwnForm):
    code = forms.CharField(max_length=64, strip=True)

    def __init__(self, *args: Any, texts: Texts, **kwargs: Any) -> None:
        super().__init__(*args, texts=texts, **kwargs)
        self.fields["code"].error_messages["required"] = texts["error_code_wrong"]


class NewCodeForm(OwnForm):
    code = forms.CharField(max_length=64, strip=True)
    again = forms.CharField(max_length=64, strip=True, required=False)

    def __init__(self, *args: Any, texts: Texts, **kwargs: Any) -> None:
        super().__init__(*args, texts=texts, **kwargs)
        self.fields["code"].error_messages["required"] = texts["error_code_short"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        code = cleaned.get("code", "")
        if not code:
            return cleaned
        if len(code) < SHORTEST_CODE or SAME.fullmatch(code):
            self.add_error("code", self.texts["error_code_short"])
        elif code != cleaned.get("again"):
            self.add_error("again", self.texts["error_code_differs"])
        return cleaned


class WrongForm(OwnForm):
    """A word on what is not right."""

    words = forms.CharField(max_length=LONGEST, widget=forms.Textarea)

    def __init__(self, *args: Any, texts: Texts, **kwargs: Any) -> None:
        super().__init__(*args, texts=texts, **kwargs)
        self.fields["words"].error_messages["required"] = texts["error_words"]


class StillForm(OwnForm):
    """Whether the person still has work, some months after the last counted day."""

    outcome = forms.ChoiceField(choices=[(each, each) for each in Outcome.values])


class PermissionForm(OwnForm):
    is_for_employer = forms.BooleanField(required=False)
    may_quote = forms.BooleanField(required=False)


class QuestionsForm(OwnForm):
    """The three questions of one moment, each with words and permissions; each may be skipped."""

    def __init__(self, *args: Any, texts: Texts, **kwargs: Any) -> None:
        super().__init__(*args, texts=texts, **kwargs)
        for question in VoiceQuestion.values:
            self.fields |= {
                f"{question}-answer": forms.ChoiceField(
                    choices=[
                        (answer, texts[f"answer_{question}_{answer}"])
                        for answer in VoiceAnswer.values
                    ],
                    required=False,
                    widget=forms.RadioSelect,
                    error_messages={"invalid_choice": texts["error_choose"]},
                ),
                f"{question}-words": forms.CharField(
                    max_length=LONGEST,
                    required=False,
                    widget=forms.Textarea,
                    error_messages={"max_length": texts["error_long"]},
                ),
                f"{question}-is_for_employer": forms.BooleanField(required=False),
                f"{question}-may_quote": forms.BooleanField(required=False),
            }

    def clean(self) -> dict[str, Any]:
        """Ask for the answer that words go with; without either the question is skipped."""
        told = super().clean()
        for question in VoiceQuestion.values:
            if told.get(f"{question}-words") and not told.get(f"{question}-answer"):
                self.add_error(f"{question}-answer", self.texts["error_choose"])
        return told

    def shown(self) -> Iterator[dict[str, Any]]:
        """Give each question with its fields, for the template."""
        for question in VoiceQuestion.values:
            named = {
                name: self[f"{question}-{name}"]
                for name in ("answer", "words", "is_for_employer", "may_quote")
            }
            yield {"label": self.texts[f"question_{question}"], **named}

    def complaints(self) -> list[tuple[str, str]]:
        """Give each complaint with the place of its field, the first choice of a question."""
        return [
            (
                f"{self[name].auto_id}_0" if name.endswith("-answer") else self[name].auto_id,
                str(error),
            )
            for name, errors in self.errors.items()
            for error in errors
        ]

    def said(self) -> list[Said]:
        told = self.cleaned_data
        return [
            Said(
                question=question,
                answer=told[f"{question}-answer"],
                words=told[f"{question}-words"],
                is_for_employer=told[f"{question}-is_for_employer"],
                may_quote=told[f"{question}-may_quote"],
            )
            for question in VoiceQuestion.values
            if told[f"{question}-answer"]
        ]


def as_typed(voices: Iterable[Voice]) -> dict[str, Any]:
    """Give what was said before as the form has it."""
    return {
        f"{voice.question}-{name}": value
        for voice in voices
        for name, value in (
            ("answer", voice.answer),
            ("words", voice.words),
            ("is_for_employer", voice.is_for_employer),
            ("may_quote", voice.is_quotable),
        )
    }
