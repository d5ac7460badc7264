"""Addresses of tenders, notices, contracts and value tables."""

from django.urls import path

from contracts.views import (
    advice,
    clauses,
    consortia,
    contract_endings,
    contract_messages,
    contract_pages,
    contracts,
    delegating,
    dialogues,
    entry_rules,
    follow_ups,
    goals,
    handing_over,
    leaving,
    ledger_pages,
    letters,
    notices,
    obligation_rules,
    obligations,
    offerings,
    plan_lines,
    plans,
    reserved_checks,
    settling,
    step_lists,
    subcontracts,
    table_decisions,
    table_drafts,
    tenders,
    turnover,
    value_tables,
)

app_name = "contracts"
urlpatterns = [
    path("contracts/", contract_pages.contract_list, name="contract-list"),
    path("contracts/new/", contracts.contract_new, name="contract-new"),
    path("contracts/obligation/", contracts.obligation_preview, name="obligation-preview"),
    path("contracts/<int:contract_id>/", contract_pages.contract_detail, name="contract-detail"),
    path(
        "contracts/<int:contract_id>/fulfilment/",
        contract_pages.contract_fulfilment,
        name="contract-fulfilment",
    ),
    path(
        "contracts/<int:contract_id>/ledger/", ledger_pages.contract_ledger, name="contract-ledger"
    ),
    path(
        "contracts/<int:contract_id>/ledger/<str:kind>/",
        ledger_pages.ledger_export,
        name="ledger-export",
    ),
    path("contracts/<int:contract_id>/edit/", contracts.contract_edit, name="contract-edit"),
    path(
        "contracts/<int:contract_id>/supplier/",
        contracts.contract_supplier,
        name="contract-supplier",
    ),
    path("contracts/<int:contract_id>/award/", contracts.contract_award, name="contract-award"),
    path("contracts/<int:contract_id>/cancel/", contracts.contract_cancel, name="contract-cancel"),
    path(
        "contracts/<int:contract_id>/hand-over/",
        handing_over.contract_hand_over,
        name="contract-hand-over",
    ),
    path(
        "contracts/<int:contract_id>/accept/", handing_over.contract_accept, name="contract-accept"
    ),
    path(
        "contracts/<int:contract_id>/refuse/", handing_over.contract_refuse, name="contract-refuse"
    ),
    path(
        "contracts/<int:contract_id>/contact/", handing_over.contact_record, name="contact-record"
    ),
    path(
        "contracts/<int:contract_id>/reserved/",
        reserved_checks.reserved_record,
        name="reserved-record",
    ),
    path(
        "contracts/<int:contract_id>/obligation/",
        obligations.obligation_change,
        name="obligation-change",
    ),
    path(
        "contracts/<int:contract_id>/people/",
        delegating.contract_delegate,
        name="contract-delegate",
    ),
    path("contracts/<int:contract_id>/turnover/", turnover.turnover_list, name="turnover-list"),
    path(
        "contracts/<int:contract_id>/turnover/new/",
        turnover.turnover_report,
        name="turnover-report",
    ),
    path("turnover/<int:report_id>/", turnover.turnover_correct, name="turnover-correct"),
    path("contracts/<int:contract_id>/goals/new/", goals.goal_set, name="goal-set"),
    path("goals/<int:goal_id>/", goals.goal_change, name="goal-change"),
    path("goals/<int:goal_id>/give-up/", goals.goal_give_up, name="goal-give-up"),
    path("goals/<int:goal_id>/progress/", goals.progress_record, name="progress-record"),
    path("contracts/<int:contract_id>/members/", consortia.members_set, name="members-set"),
    path("contracts/<int:contract_id>/call-offs/new/", consortia.call_off_log, name="call-off-log"),
    path("tenders/", tenders.tender_list, name="tender-list"),
    path("tenders/new/", tenders.tender_new, name="tender-new"),
    path("tenders/<int:tender_id>/", tenders.tender_detail, name="tender-detail"),
    path("tenders/<int:tender_id>/edit/", tenders.tender_edit, name="tender-edit"),
    path("tenders/<int:tender_id>/lots/new/", tenders.lot_new, name="lot-new"),
    path("lots/<int:lot_id>/edit/", tenders.lot_edit, name="lot-edit"),
    path("notices/upload/", notices.notice_upload, name="notice-upload"),
    path("notices/<int:notice_id>/", notices.notice_confirm, name="notice-confirm"),
    path("rules/", obligation_rules.rule_list, name="rule-list"),
    path("rules/new/", obligation_rules.rule_new, name="rule-new"),
    path("rules/<int:rule_id>/", obligation_rules.rule_detail, name="rule-detail"),
    path("rules/<int:rule_id>/edit/", obligation_rules.rule_edit, name="rule-edit"),
    path("rules/<int:rule_id>/copy/", obligation_rules.rule_copy, name="rule-copy"),
    path("rules/<int:rule_id>/publish/", obligation_rules.rule_publish, name="rule-publish"),
    path("rules/<int:rule_id>/withdraw/", obligation_rules.rule_withdraw, name="rule-withdraw"),
    path("rules/<int:rule_id>/discard/", obligation_rules.rule_discard, name="rule-discard"),
    path("value-tables/", value_tables.value_table_list, name="value-table-list"),
    path("value-tables/new/", table_drafts.value_table_new, name="value-table-new"),
    path("value-tables/import/", table_drafts.value_table_import, name="value-table-import"),
    path("value-tables/compare/", value_tables.value_table_compare, name="value-table-compare"),
    path(
        "value-tables/<int:table_id>/", value_tables.value_table_detail, name="value-table-detail"
    ),
    path(
        "value-tables/<int:table_id>/export/<str:kind>/",
        value_tables.value_table_export,
        name="value-table-export",
    ),
    path(
        "value-tables/<int:table_id>/copy/", table_drafts.value_table_copy, name="value-table-copy"
    ),
    path(
        "value-tables/<int:table_id>/edit/", table_drafts.value_table_edit, name="value-table-edit"
    ),
    path(
        "value-tables/<int:table_id>/settings/",
        table_drafts.value_table_settings,
        name="value-table-settings",
    ),
    path(
        "value-tables/<int:table_id>/<str:kind>/new/",
        table_drafts.value_table_part_new,
        name="value-table-part-new",
    ),
    path(
        "value-tables/<int:table_id>/<str:kind>/<slug:code>/edit/",
        table_drafts.value_table_part_edit,
        name="value-table-part-edit",
    ),
    path(
        "value-tables/<int:table_id>/<str:kind>/<slug:code>/move/",
        table_drafts.value_table_part_move,
        name="value-table-part-move",
    ),
    path(
        "value-tables/<int:table_id>/<str:kind>/<slug:code>/remove/",
        table_drafts.value_table_part_remove,
        name="value-table-part-remove",
    ),
    path(
        "value-tables/<int:table_id>/propose/",
        table_decisions.value_table_propose,
        name="value-table-propose",
    ),
    path(
        "value-tables/<int:table_id>/return/",
        table_decisions.value_table_return,
        name="value-table-return",
    ),
    path(
        "value-tables/<int:table_id>/approve/",
        table_decisions.value_table_approve,
        name="value-table-approve",
    ),
    path(
        "value-tables/<int:table_id>/withdraw/",
        table_decisions.value_table_withdraw,
        name="value-table-withdraw",
    ),
    path(
        "value-tables/<int:table_id>/discard/",
        table_decisions.value_table_discard,
        name="value-table-discard",
    ),
    path(
        "contracts/<int:contract_id>/partners/new/", subcontracts.partner_name, name="partner-name"
    ),
    path(
        "partners/<int:subcontract_id>/consent/",
        subcontracts.partner_consent,
        name="partner-consent",
    ),
    path(
        "partners/<int:subcontract_id>/refuse/", subcontracts.partner_refuse, name="partner-refuse"
    ),
    path("partners/<int:subcontract_id>/end/", subcontracts.partner_end, name="partner-end"),
    path("contracts/hand-over/", leaving.contracts_hand_over, name="contracts-hand-over"),
    path("contracts/accept/", leaving.contracts_accept, name="contracts-accept"),
    path(
        "contracts/<int:contract_id>/escalation/", leaving.escalation_name, name="escalation-name"
    ),
    path("contracts/<int:contract_id>/follow-up/", follow_ups.follow_up, name="follow-up"),
    path(
        "contracts/<int:contract_id>/follow-up/<slug:kind>/",
        follow_ups.step_take,
        name="step-take",
    ),
    path("steps/<int:step_id>/close/", follow_ups.step_close, name="step-close"),
    path("steps/<int:step_id>/plan/", follow_ups.recovery_hand_in, name="recovery-hand-in"),
    path("steps/<int:step_id>/answer/", follow_ups.recovery_answer, name="recovery-answer"),
    path("steps/<int:step_id>/decide/", follow_ups.malus_decide, name="malus-decide"),
    path("steps/<int:step_id>/letter/", follow_ups.step_letter, name="step-letter"),
    path("letters/<int:letter_id>/", letters.letter_detail, name="letter-detail"),
    path("letters/<int:letter_id>/pdf/", letters.letter_pdf, name="letter-pdf"),
    path("letters/<int:letter_id>/send/", letters.letter_send, name="letter-send"),
    path("letter-templates/", letters.letter_template_list, name="letter-template-list"),
    path(
        "letter-templates/<int:authority_id>/<slug:kind>/<slug:language>/",
        letters.letter_template_edit,
        name="letter-template-edit",
    ),
    path(
        "letter-templates/<int:authority_id>/terms/",
        letters.settling_terms_set,
        name="settling-terms-set",
    ),
    path("contracts/<int:contract_id>/settle/", settling.settlement_start, name="settlement-start"),
    path(
        "contracts/<int:contract_id>/malus/",
        contract_endings.malus_factor_set,
        name="malus-factor-set",
    ),
    path(
        "contracts/<int:contract_id>/break-off/",
        contract_endings.contract_break_off,
        name="contract-break-off",
    ),
    *(
        path(f"settlements/<int:settlement_id>/{where}", view, name=name)
        for where, view, name in (
            ("", settling.settlement_detail, "settlement-detail"),
            ("statement/", settling.statement_send, "statement-send"),
            ("react/", settling.settlement_react, "settlement-react"),
            ("calculate/", settling.settlement_calculate, "settlement-calculate"),
            ("decide/", settling.settlement_decide, "settlement-decide"),
            ("reopen/", settling.settlement_reopen, "settlement-reopen"),
            ("reopening/", settling.settlement_reopening, "settlement-reopening"),
            ("score/", settling.settlement_score, "settlement-score"),
            ("lesson/", settling.lesson_record, "lesson-record"),
        )
    ),
    path("entry-rules/", entry_rules.entry_rule_list, name="entry-rule-list"),
    path("entry-rules/new/", entry_rules.entry_rule_new, name="entry-rule-new"),
    path("entry-rules/evidence/new/", entry_rules.demand_new, name="demand-new"),
    path(
        "entry-rules/<int:rule_id>/discard/",
        entry_rules.entry_rule_discard,
        name="entry-rule-discard",
    ),
    path(
        "entry-rules/evidence/<int:demand_id>/discard/",
        entry_rules.demand_discard,
        name="demand-discard",
    ),
    path("contracts/<int:contract_id>/plans/new/", plans.plan_new, name="plan-new"),
    path("plans/<int:plan_id>/", plans.plan_detail, name="plan-detail"),
    path("plans/<int:plan_id>/compare/<int:other_id>/", plans.plan_compare, name="plan-compare"),
    path("plans/<int:plan_id>/export/<str:kind>/", plans.plan_export, name="plan-export"),
    path("plans/<int:plan_id>/propose/", plans.plan_propose, name="plan-propose"),
    path("plans/<int:plan_id>/return/", plans.plan_return, name="plan-return"),
    path("plans/<int:plan_id>/agree/", plans.plan_agree, name="plan-agree"),
    path("plans/<int:plan_id>/accept/", plans.plan_accept, name="plan-accept"),
    path("plans/<int:plan_id>/discard/", plans.plan_discard, name="plan-discard"),
    path("plans/<int:plan_id>/comment/", plans.plan_comment, name="plan-comment"),
    path("plans/<int:plan_id>/lines/new/", plan_lines.plan_line_add, name="plan-line-add"),
    path("plan-lines/<int:line_id>/", plan_lines.plan_line_change, name="plan-line-change"),
    path("plan-lines/<int:line_id>/remove/", plan_lines.plan_line_remove, name="plan-line-remove"),
    path("plan-lines/<int:line_id>/move/", plan_lines.plan_line_move, name="plan-line-move"),
    path(
        "contracts/<int:contract_id>/messages/",
        contract_messages.message_list,
        name="message-list",
    ),
    path(
        "contracts/<int:contract_id>/messages/read/",
        contract_messages.messages_read,
        name="messages-read",
    ),
    path("follow-ups/", step_lists.step_list, name="step-list"),
    *(
        path(where, view, name=name)
        for where, view, name in (
            ("clauses/", clauses.clause_list, "clause-list"),
            ("clauses/new/", clauses.clause_new, "clause-new"),
            ("clauses/<int:clause_id>/", clauses.clause_detail, "clause-detail"),
            ("clauses/<int:clause_id>/edit/", clauses.clause_edit, "clause-edit"),
            ("clauses/<int:clause_id>/copy/", clauses.clause_copy, "clause-copy"),
            ("clauses/<int:clause_id>/propose/", clauses.clause_propose, "clause-propose"),
            ("clauses/<int:clause_id>/approve/", clauses.clause_approve, "clause-approve"),
            ("clauses/<int:clause_id>/return/", clauses.clause_return, "clause-return"),
            ("clauses/<int:clause_id>/withdraw/", clauses.clause_withdraw, "clause-withdraw"),
            ("clauses/<int:clause_id>/<slug:language>.txt", clauses.clause_text, "clause-text"),
            ("tenders/<int:tender_id>/clauses/new/", clauses.clause_take, "clause-take"),
            ("tenders/<int:tender_id>/clauses.txt", clauses.tender_texts, "tender-texts"),
            ("tender-clauses/<int:copied_id>/remove/", clauses.clause_remove, "clause-remove"),
            ("lots/<int:lot_id>/check/", reserved_checks.lot_check, "lot-check"),
            ("tenders/<int:tender_id>/advice/", advice.tender_advice, "tender-advice"),
            ("advice-terms/", advice.advice_terms_list, "advice-terms-list"),
            ("advice-terms/<int:authority_id>/", advice.advice_terms_edit, "advice-terms-edit"),
            ("suppliers/<int:supplier_id>/offers/", offerings.offering_list, "offering-list"),
            ("suppliers/<int:supplier_id>/offers/new/", offerings.offering_new, "offering-new"),
            ("offers/<int:offering_id>/", offerings.offering_edit, "offering-edit"),
            ("offers/<int:offering_id>/end/", offerings.offering_end, "offering-end"),
            ("dialogues/", dialogues.dialogue_list, "dialogue-list"),
            ("tenders/<int:tender_id>/dialogues/new/", dialogues.dialogue_new, "dialogue-new"),
            ("dialogues/<int:dialogue_id>/", dialogues.dialogue_detail, "dialogue-detail"),
            ("dialogues/<int:dialogue_id>/edit/", dialogues.dialogue_edit, "dialogue-edit"),
            (
                "dialogues/<int:dialogue_id>/withdraw/",
                dialogues.dialogue_withdraw,
                "dialogue-withdraw",
            ),
            (
                "dialogues/<int:dialogue_id>/conclusions/new/",
                dialogues.conclusion_add,
                "conclusion-add",
            ),
            ("conclusions/<int:conclusion_id>/", dialogues.conclusion_change, "conclusion-change"),
            (
                "conclusions/<int:conclusion_id>/withdraw/",
                dialogues.conclusion_withdraw,
                "conclusion-withdraw",
            ),
            (
                "dialogues/<int:dialogue_id>/<slug:kind>/",
                dialogues.dialogue_letter,
                "dialogue-letter",
            ),
            (
                "dialogues/<int:dialogue_id>/<slug:kind>/pdf/",
                dialogues.dialogue_letter_pdf,
                "dialogue-letter-pdf",
            ),
            (
                "dialogues/<int:dialogue_id>/<slug:kind>/send/",
                dialogues.dialogue_letter_send,
                "dialogue-letter-send",
            ),
        )
    ),
]
