"""Addresses of placements, contributions, shares and evidence."""

from django.urls import path

from candidates import views
from candidates.views import merging, moving, plan_ties, samples, statements, visits

app_name = "candidates"
urlpatterns = [
    path("contracts/<int:contract_id>/periods/", statements.period_list, name="period-list"),
    path(
        "contracts/<int:contract_id>/periods/<str:first>/",
        statements.period_sign,
        name="period-sign",
    ),
    path(
        "statements/<int:statement_id>/withdraw/",
        statements.statement_withdraw,
        name="statement-withdraw",
    ),
    path("placements/", views.placement_list, name="placement-list"),
    path("placements/new/", views.placement_new, name="placement-new"),
    path("placements/<int:placement_id>/", views.placement_detail, name="placement-detail"),
    path("placements/<int:placement_id>/hours/", views.hours_change, name="hours-change"),
    path("placements/<int:placement_id>/end/", views.placement_end, name="placement-end"),
    path(
        "placements/<int:placement_id>/withdraw/",
        views.placement_withdraw,
        name="placement-withdraw",
    ),
    path("placements/<int:placement_id>/inform/", views.candidate_inform, name="candidate-inform"),
    path("placements/<int:placement_id>/evidence/new/", views.evidence_new, name="evidence-new"),
    path(
        "placements/<int:placement_id>/contributions/new/",
        views.contribution_new,
        name="contribution-new",
    ),
    path(
        "placements/<int:placement_id>/contributions/preview/",
        views.contribution_preview,
        name="contribution-preview",
    ),
    path(
        "contributions/<int:contribution_id>/evidence/new/",
        views.contribution_evidence_new,
        name="contribution-evidence-new",
    ),
    path("contracts/<int:contract_id>/visits/", visits.visit_list, name="visit-list"),
    path("contracts/<int:contract_id>/visits/new/", visits.visit_new, name="visit-new"),
    path("visits/<int:visit_id>/", visits.visit_detail, name="visit-detail"),
    path("samples/", samples.sample_list, name="sample-list"),
    path("samples/new/", samples.sample_new, name="sample-new"),
    path("samples/<int:sample_id>/", samples.sample_detail, name="sample-detail"),
    path("samples/<int:sample_id>/again/", samples.sample_again, name="sample-again"),
    path("drawn/<int:drawn_id>/outcome/", samples.outcome_record, name="outcome-record"),
    path("evidence/<int:evidence_id>/file/", views.evidence_file, name="evidence-file"),
    path("shares/", views.share_list, name="share-list"),
    path("shares/<int:share_id>/", views.share_detail, name="share-detail"),
    path("shares/<int:share_id>/edit/", views.share_edit, name="share-edit"),
    path("shares/<int:share_id>/why/", views.share_explanation, name="share-explanation"),
    path(
        "shares/<int:share_id>/why.pdf",
        views.share_explanation_pdf,
        name="share-explanation-pdf",
    ),
    path("shares/<int:share_id>/submit/", views.share_submit, name="share-submit"),
    path("shares/<int:share_id>/withdraw/", views.share_withdraw, name="share-withdraw"),
    path("shares/<int:share_id>/verify/", views.share_verify, name="share-verify"),
    path("shares/<int:share_id>/return/", views.share_return, name="share-return"),
    path("shares/<int:share_id>/reject/", views.share_reject, name="share-reject"),
    path("shares/<int:share_id>/revoke/", views.share_revoke, name="share-revoke"),
    path("what-if/", views.what_if, name="what-if"),
    path("contracts/<int:contract_id>/transfer/", moving.transfer_ask, name="transfer-ask"),
    path("transfers/<int:transfer_id>/", moving.transfer_detail, name="transfer-detail"),
    path("transfers/<int:transfer_id>/refuse/", moving.transfer_refuse, name="transfer-refuse"),
    path(
        "transfers/<int:transfer_id>/withdraw/", moving.transfer_withdraw, name="transfer-withdraw"
    ),
    path("shares/verify-many/", views.share_verify_many, name="share-verify-many"),
    path("checks/<int:bulk_id>/", views.bulk_check, name="bulk-check"),
    path("shares/<int:share_id>/divide/", views.share_divide, name="share-divide"),
    path("shares/<int:share_id>/object/", views.share_object, name="share-object"),
    path("shares/<int:share_id>/grant/", views.objection_grant, name="objection-grant"),
    path("shares/<int:share_id>/uphold/", views.objection_uphold, name="objection-uphold"),
    path(
        "shares/<int:share_id>/confirmation/",
        views.confirmation_ask,
        name="confirmation-ask",
    ),
    path("confirm/<str:token>/", views.confirmation_answer, name="confirmation-answer"),
    path("contracts/<int:contract_id>/enter/", views.claim_choose, name="claim-choose"),
    path("contracts/<int:contract_id>/enter/<int:block_id>/", views.claim_new, name="claim-new"),
    path(
        "contracts/<int:contract_id>/enter/<int:block_id>/preview/",
        views.claim_preview,
        name="claim-preview",
    ),
    path("contracts/<int:contract_id>/months/", views.months_enter, name="months-enter"),
    path(
        "placements/<int:placement_id>/permanent/",
        views.placement_permanent,
        name="placement-permanent",
    ),
    path("agreements/", views.agreement_list, name="agreement-list"),
    path("contracts/<int:contract_id>/agreements/new/", views.agreement_new, name="agreement-new"),
    path("agreements/<int:agreement_id>/", views.agreement_detail, name="agreement-detail"),
    path("agreements/<int:agreement_id>/agree/", views.agreement_agree, name="agreement-agree"),
    path(
        "agreements/<int:agreement_id>/decline/",
        views.agreement_decline,
        name="agreement-decline",
    ),
    path(
        "agreements/<int:agreement_id>/withdraw/",
        views.agreement_withdraw,
        name="agreement-withdraw",
    ),
    path("suppliers/<int:supplier_id>/merge/", merging.supplier_merge, name="supplier-merge"),
    path("shares/<int:share_id>/plan-line/", plan_ties.share_tie, name="share-tie"),
]
