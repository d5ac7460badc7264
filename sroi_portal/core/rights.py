"""Which database role may do what to which table: applied after every `migrate` (ADR 0010)."""

from enum import StrEnum

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

_AUTHORITIES = "ANY((SELECT current_setting('sroi.authorities', true)::bigint[])::bigint[])"
_CHECKING = "ANY((SELECT current_setting('sroi.checking', true)::bigint[])::bigint[])"
_CHECKING_ARRAY = "(SELECT current_setting('sroi.checking', true)::bigint[])"
_AUTHORITIES_ARRAY = "(SELECT current_setting('sroi.authorities', true)::bigint[])"
_SUPPLIERS = "ANY((SELECT current_setting('sroi.suppliers', true)::bigint[])::bigint[])"
_SUPPLIERS_ARRAY = "(SELECT current_setting('sroi.suppliers', true)::bigint[])"
_OPENED = "(SELECT nullif(current_setting('sroi.opened', true), '')::bigint)"
_OPENED_LINK = f"FROM candidates_personallink l WHERE l.id = {_OPENED}"
_PARTIES = "((SELECT current_setting('sroi.parties', true)::bigint[])::bigint[])"
_OF_TENDER = (
    "EXISTS (SELECT 1 FROM contracts_contract c WHERE c.tender_id = contracts_conclusion.tender_id)"
)


class Guard(StrEnum):
    """Row policy of a table, written on its model as `GUARD`: the rows the web role sees."""

    AUTHORITY = f"authority_id = {_AUTHORITIES}"
    SUPPLIER = f"supplier_id = {_SUPPLIERS}"
    AUTHORITY_OR_SUPPLIER = f"authority_id = {_AUTHORITIES} OR supplier_id = {_SUPPLIERS}"
    AUTHORITIES_TOGETHER = (
        f"(authority_id = {_AUTHORITIES} AND other_authority_ids <@ {_AUTHORITIES_ARRAY}) "
        f"OR supplier_id = {_SUPPLIERS}"
    )
    CONTRACT = f"authority_id = {_AUTHORITIES} OR supplier_id = {_SUPPLIERS} OR id = ANY{_PARTIES}"
    ALL_PARTIES = (
        f"authority_id = {_AUTHORITIES} OR supplier_id = {_SUPPLIERS} "
        f"OR contract_id = ANY{_PARTIES}"
    )
    AUTHORITY_OR_RECEIVER = f"authority_id = {_AUTHORITIES} OR receiver_id = {_AUTHORITIES}"
    CHECKING_OR_SUPPLIER = f"authority_id = {_CHECKING} OR supplier_id = {_SUPPLIERS}"
    SUBMITTED_OR_SUPPLIER = (
        f"(authority_id = {_CHECKING} AND status <> 'draft') OR supplier_id = {_SUPPLIERS}"
    )
    AUTHORITIES_OR_SUPPLIER = f"authority_ids && {_CHECKING_ARRAY} OR supplier_id = {_SUPPLIERS}"
    BOTH_SUPPLIERS = f"supplier_id = {_SUPPLIERS} OR partner_id = {_SUPPLIERS}"
    SUPPLIERS_TOGETHER = f"supplier_ids && {_SUPPLIERS_ARRAY}"
    SAID_BY_SUPPLIER = (  # what somebody says of the own work is for no firm and no authority
        f"said_by = 'supplier' AND (authority_ids && {_CHECKING_ARRAY} "
        f"OR supplier_id = {_SUPPLIERS})"
    )
    PERSON = "user_id = (SELECT nullif(current_setting('sroi.user', true), '')::bigint)"
    BY_CONTRACT = "EXISTS (SELECT 1 FROM contracts_contract c WHERE c.id = contract_id)"
    BY_CONTRACT_OR_SUPPLIER = f"supplier_id = {_SUPPLIERS} OR {BY_CONTRACT}"
    BY_GOAL = "EXISTS (SELECT 1 FROM contracts_goal g WHERE g.id = goal_id)"
    PUBLISHED_OR_EDITOR = (
        "status = 'published' OR (SELECT current_setting('sroi.edits', true)) = 'on' "
        "OR recorded_by_id = (SELECT nullif(current_setting('sroi.user', true), '')::bigint)"
    )
    SHARED_OR_AUTHOR = (
        "status = 'shared' "
        "OR author_id = (SELECT nullif(current_setting('sroi.user', true), '')::bigint)"
    )
    BY_TENDER = f"authority_id = {_AUTHORITIES} OR {_OF_TENDER}"
    ASKER_OR_EDITOR = (
        "(SELECT current_setting('sroi.edits', true)) = 'on' "
        "OR asked_by_id = (SELECT nullif(current_setting('sroi.user', true), '')::bigint)"
    )
    BETWEEN_TWO = (
        "asked_by_id = (SELECT nullif(current_setting('sroi.user', true), '')::bigint) "
        "OR asked_of_id = (SELECT nullif(current_setting('sroi.user', true), '')::bigint)"
    )
    OF_MEETING = (
        "user_id = (SELECT nullif(current_setting('sroi.user', true), '')::bigint) "
        "OR meeting_id IN (SELECT m.id FROM network_meeting m WHERE m.holder_id = "
        "(SELECT nullif(current_setting('sroi.user', true), '')::bigint))"
    )
    LINK = "token_hash = decode((SELECT current_setting('sroi.link', true)), 'hex')"
    OF_LINK = f"link_id = {_OPENED}"
    OF_PERSON = f"candidate_id = (SELECT l.candidate_id {_OPENED_LINK})"
    OF_PLACEMENT = "placement_id IN (SELECT p.id FROM candidates_placement p)"
    OF_WORK = (
        "placement_id IN (SELECT p.id FROM candidates_placement p) "
        "OR for_placement_id IN (SELECT p.id FROM candidates_placement p)"
    )
    OF_CONTRIBUTION = "contribution_id IN (SELECT c.id FROM candidates_contribution c)"
    PERMITTED = f"supplier_id = {_SUPPLIERS} AND is_for_employer"
    ACCOUNT = f"contract_id <> ALL{_PARTIES} AND {BY_CONTRACT}"  # parties see sums, no postings


class Reach(StrEnum):
    """Who may read a table that only the worker writes, written on its model as `REACH`.

    Other models have none: web and worker read and write them, and the public nothing.
    """

    PUBLIC = "sroi_public, sroi_web"  # everybody reads it, also without an account
    WORKER = ""  # nobody else


WEB_POLICIES = ("web_sees", "web_adds", "web_changes", "web_removes")


def apply(connection: BaseDatabaseWrapper) -> None:
    """Grant and guard every table anew; running it twice changes nothing."""
    with connection.cursor() as cursor:
        for statement in statements():
            cursor.execute(statement)


def statements() -> list[str]:
    everyone = "sroi_web, sroi_worker, sroi_public, sroi_link"
    result = [
        f"GRANT USAGE ON SCHEMA public TO {everyone}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {everyone}",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO sroi_web, sroi_worker",
    ]
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            result += _of_table(model)
    return result


def _of_table(model: type[models.Model]) -> list[str]:
    table = model._meta.db_table
    append_only = getattr(model, "APPEND_ONLY", False)
    verbs = "SELECT, INSERT" if append_only else "SELECT, INSERT, UPDATE, DELETE"
    reach: Reach | None = getattr(model, "REACH", None)
    writers = "sroi_web, sroi_worker" if reach is None else "sroi_worker"
    result = [f"GRANT {verbs} ON {table} TO {writers}"]
    if reach:
        result.append(f"GRANT SELECT ON {table} TO {reach}")
    guard: Guard | None = getattr(model, "GUARD", None)
    if guard is None:
        return [*result, f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"]
    link: Guard | None = getattr(model, "LINK_GUARD", None)
    if link:
        result.append(f"GRANT SELECT ON {table} TO sroi_link")
    insert = "true" if append_only else guard.value
    return [
        *result,
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        *(
            f"DROP POLICY IF EXISTS {name} ON {table}"
            for name in (*WEB_POLICIES, "worker_all", "link_sees")
        ),
        f"CREATE POLICY web_sees ON {table} FOR SELECT TO sroi_web USING ({guard.value})",
        f"CREATE POLICY web_adds ON {table} FOR INSERT TO sroi_web WITH CHECK ({insert})",
        f"CREATE POLICY web_changes ON {table} FOR UPDATE TO sroi_web USING ({guard.value})",
        f"CREATE POLICY web_removes ON {table} FOR DELETE TO sroi_web USING ({guard.value})",
        *(
            [f"CREATE POLICY link_sees ON {table} FOR SELECT TO sroi_link USING ({link.value})"]
            if link
            else []
        ),
        f"CREATE POLICY worker_all ON {table} TO sroi_worker USING (true) WITH CHECK (true)",
    ]
