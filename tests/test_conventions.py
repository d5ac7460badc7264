"""Promises kept over all models, actions, tasks, rules and modules."""

import ast
import re
import tomllib

import pytest
from celery import current_app
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models

from tests import source

MODELS = [model for model in apps.get_models() if model._meta.app_label in source.APPS]
CONSTRAINTS = {
    constraint.name: constraint for model in MODELS for constraint in model._meta.constraints
}
LONGEST = 400  # lines
RULE = re.compile(r"R-\d{3}")
BY_NOBODY = (  # the clock; who had no account yet
    "fail_schedule",
    "pause_schedule",
    "remind",
    "remind_contract",
    "accept_invitation",
    "mark_share_unchecked",
    "remind_checkers",
    "remind_period",
    "remind_periods",
    "remind_share",
    "remind_due",
    "warn_manager",
    "escalate_answers",
    "answer_confirmation",
    "write_digest",
    "expire_offers",
    "expire_offer",
    "remind_offer",
    "erase_profile",
    "choose_code",
    "judge_fact",
    "say_voice",
    "change_permission",
    "withdraw_permissions",
    "withdraw_unpermitted",
    "remind_advice",
    "remind_late_advice",
    "remind_meeting",
    "give_seats",
    "erase_attendance",
    "erase_person_question",
)
READS = ("may_read_", "may_see_", "may_search_", "may_export_")

# AVG-01: what is never known of a candidate
NEVER = re.compile(
    r"name|bsn|birth|born|age|address|street|postcode|zip|city|nationality|country|gender|sex|"
    r"diagnosis|health|illness|disability|offence|crime|mail|phone|photo|iban|religion|origin"
)
NOT_OF_A_PERSON = {"evidence.file_name"}


# Facts


def test_a_row_that_others_point_to_is_protected():
    loose = [
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is not models.PROTECT
    ]
    assert loose == []


def test_every_model_says_what_is_personal():
    silent = [model._meta.label for model in MODELS if "PERSONAL" not in vars(model)]
    assert silent == []


def test_what_is_personal_is_a_field():
    unknown = [
        f"{model._meta.label}.{name}"
        for model in MODELS
        for name in model.PERSONAL
        if name not in {field.name for field in model._meta.get_fields()}
    ]
    assert unknown == []


def test_what_is_sealed_is_personal():
    """Why else would it be sealed."""
    open_words = [
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in model._meta.concrete_fields
        if field.name.endswith("sealed") and field.name not in model.PERSONAL
    ]
    assert open_words == []


def _fields_of(condition):
    """Name the fields that a condition speaks of."""
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from _fields_of(child)
        else:
            yield child[0].partition("__")[0]


def test_who_and_when_are_tied():
    """A moment that may be empty says with whom: both or neither, by constraint."""
    untied = []
    for model in MODELS:
        fields = {field.name: field for field in model._meta.concrete_fields}
        ties = [
            set(_fields_of(constraint.condition))
            for constraint in model._meta.constraints
            if isinstance(constraint, models.CheckConstraint)
        ]
        for name, field in fields.items():
            done, _, when = name.rpartition("_")
            pair = {name, f"{done}_by"}
            if when in ("at", "on") and field.null and pair <= set(fields):
                untied += (
                    [] if any(pair <= tie for tie in ties) else [f"{model._meta.label}.{name}"]
                )
    assert untied == []


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_a_constraint_says_the_rule_to_its_reader(name):
    constraint = CONSTRAINTS[name]
    assert constraint.violation_error_message != constraint.default_violation_error_message


def test_every_constraint_is_tried_by_a_test():
    tried = set(re.findall(r"[a-z0-9_]+", source.tests()))
    assert set(CONSTRAINTS) - tried == set()


def test_nothing_is_known_of_a_candidate_that_need_not_be():
    known = [
        f"{model._meta.model_name}.{field.name}"
        for model in MODELS
        if model._meta.app_label == "candidates"
        for field in model._meta.get_fields()
        if any(NEVER.match(word) for word in field.name.split("_"))
    ]
    assert set(known) - NOT_OF_A_PERSON == set()


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


# Verbs


def _is_action(function):
    return not function.name.startswith("_") and any(
        ast.unparse(decorator) == "transaction.atomic" for decorator in function.decorator_list
    )


ACTIONS = {
    (label, function.name): function
    for label in source.APPS
    for path in source.modules(label, "actions")
    for function in source.functions(path)
    if _is_action(function)
}


def test_there_are_actions():
    assert len(ACTIONS) > 20


@pytest.mark.parametrize(("label", "name"), ACTIONS)
def test_an_action_says_by_whom_and_when(label, name):
    given = [argument.arg for argument in ACTIONS[label, name].args.kwonlyargs]
    needed = {"at"} if name in BY_NOBODY else {"by", "at"}
    assert needed <= set(given)


@pytest.mark.parametrize(("label", "name"), ACTIONS)
def test_an_action_records_its_own_name(label, name):
    """Or calls another that does; a function of the module may write it down for several."""
    calls = list(source.called(ACTIONS[label, name]))
    said = {
        text
        for verb, call in calls
        if verb in {"record", "move"} or verb.startswith("_")
        for text in source.texts(call)
    }
    others = {(app, verb) for app in source.APPS for verb, _call in calls}
    assert name in said or others & ACTIONS.keys()


def test_what_records_is_one_transaction():
    """A public function that writes an event is an action."""
    loose = [
        f"{label}: {function.name}"
        for label in source.APPS
        for path in source.modules(label, "actions")
        for function in source.functions(path)
        if not function.name.startswith("_")
        and {"record", "move"} & {verb for verb, _call in source.called(function)}
        and (label, function.name) not in ACTIONS
    ]
    assert loose == []


def test_only_the_names_of_actions_are_recorded():
    """A verb in the audit trail is a function that can be read."""
    strange = [
        f"{source.name_of(path)}: {verb}"
        for label in source.APPS
        for path in source.modules(label, "actions")
        for verb in _recorded(path)
        if (label, verb) not in ACTIONS
    ]
    assert strange == []


def _recorded(path):
    for name, call in source.called(source.tree(path)):
        verbs = [keyword.value for keyword in call.keywords if keyword.arg == "verb"]
        if name == "record":
            verbs += call.args[1:2]
        if name in {"record", "move"}:
            yield from (verb.value for verb in verbs if isinstance(verb, ast.Constant))


def _rules(label):
    for path in source.modules(label, "rules"):
        for node in source.tree(path).body:
            if isinstance(node, ast.FunctionDef):
                yield node.name
            elif isinstance(node, ast.Assign):
                yield from (name.id for name in node.targets if isinstance(name, ast.Name))


def test_a_rule_has_the_name_of_its_action():
    """`may_verify_share` for `verify_share`; what is only read says so: `may_see_…`."""
    strange = [
        f"{label}: {rule}"
        for label in source.APPS
        for rule in _rules(label)
        if rule.startswith("may_")
        and not rule.startswith(READS)
        and (label, rule.removeprefix("may_")) not in ACTIONS
    ]
    assert strange == []


# Tasks


def _named_tasks():
    """Name what the code asks a worker to do, by a text or by a constant of the module."""
    for path in source.product():
        said = {
            target.id: node.value.value
            for node in source.tree(path).body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for name, call in source.called(source.tree(path)):
            if name in {"hint", "queue", "send_task"} and call.args:
                task = call.args[0]
                if isinstance(task, ast.Constant) and isinstance(task.value, str):
                    yield task.value
                elif isinstance(task, ast.Name) and task.id in said:
                    yield said[task.id]
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        yield entry["task"]


def _tasks():
    current_app.loader.import_default_modules()
    ours = tuple(f"{folder.name}." for folder in source.APPS.values())
    return {name for name in current_app.tasks if name.startswith((*ours, "sroi_portal."))}


@pytest.mark.django_db  # importing the tasks lets Celery ask the version of the database
def test_a_worker_knows_every_task_that_is_asked_of_it():
    assert set(_named_tasks()) - _tasks() == set()


@pytest.mark.django_db
def test_every_task_is_asked_for():
    assert _tasks() - set(_named_tasks()) == set()


# Modules


def test_no_module_is_too_long():
    long = {
        source.name_of(path): lines
        for path in source.files()
        if path.suffix == ".py"
        and "migrations" not in path.parts
        and (lines := len(path.read_text().splitlines())) > LONGEST
    }
    assert long == {}


def test_no_source_file_names_who_publishes_a_table():
    """A table is data: no municipality stands in the code or on a page."""
    shipped = (source.APPS["contracts"] / "value_tables").glob("*.toml")
    tables = [tomllib.loads(path.read_text()).get("table", {}) for path in sorted(shipped)]
    names = {table["publisher"].replace("Den Haag", "") for table in tables if table}
    places = set(re.findall(r"[A-Z][\w-]+", " ".join(names))) - {"Gemeente", "Regio"}
    assert places == {
        "Harlingen",
        "Hilversum",
        "Holland",
        "Leiden",
        "Oost-Nederland",
        "Rijnland",
        "Rijnvicus",
        "Utrecht",
    }
    named = re.compile(
        rf"\b({'|'.join(sorted(places | {'Rotterdam', 'Den Haag', 'The Hague'}))})\b"
    )
    pages = [path for path in source.files() if path.suffix in {".html", ".js", ".txt"}]
    naming = [
        source.name_of(path)
        for path in [*source.product(), *pages]
        if named.search(path.read_text())
    ]
    assert naming == []


def test_words_are_marked_by_a_name_that_the_catalogue_knows():
    renamed = re.compile(r"\bn?p?gettext\w* as (?!_\b)")
    names = [source.name_of(path) for path in source.product() if renamed.search(path.read_text())]
    assert names == []


def test_no_file_knows_the_machine_it_was_written_on():
    here = re.compile(rf"{re.escape(str(source.ROOT))}\b|(?<!\w)/home/[a-z]|/Users/[a-z]".encode())
    names = [
        source.name_of(path)
        for path in source.files()
        if path != source.ROOT / "tests" / "test_conventions.py" and here.search(path.read_bytes())
    ]
    assert names == []


# Rules


def _rules_written():
    """Number of each rule in docs/rules.md, with the text up to the next one."""
    text = (source.ROOT / "docs" / "rules.md").read_text()
    parts = re.split(r"^(?=\| *R-\d{3}|#+ *R-\d{3})", text, flags=re.MULTILINE)[1:]
    return {RULE.search(part).group(): part for part in parts}


def test_every_rule_in_the_code_is_written_down():
    cited = {
        rule
        for path in source.files()
        if path.suffix in {".py", ".html"} and source.ROOT / "tests" not in path.parents
        for rule in RULE.findall(path.read_text())
    }
    assert cited - set(_rules_written()) == set()


def test_every_rule_names_a_test_that_exists():
    written = set(re.findall(r"def (test_\w+)", source.tests()))
    unshown = {
        rule: sorted(named - written) or "no test"
        for rule, text in _rules_written().items()
        if not (named := set(re.findall(r"`(?:[\w/.]*::)?(test_\w+)`", text))) or named - written
    }
    assert unshown == {}
