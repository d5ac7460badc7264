"""Addresses of figures and reports."""

from django.urls import path

from reports import views
from reports.views import batches, dashboards, files, jobs, lasting, open_data, papers, schedules

app_name = "reports"
urlpatterns = [
    path("overview/", views.cockpit, name="cockpit"),
    path("overview/export/<str:kind>/", views.cockpit_export, name="cockpit-export"),
    path("figures/", dashboards.dashboard, name="dashboard"),
    path("figures/export/<str:kind>/", dashboards.dashboard_export, name="dashboard-export"),
    path("reports/", views.report_list, name="report-list"),
    path("reports/new/", views.report_issue, name="report-issue"),
    path("reports/<int:report_id>/", views.report_detail, name="report-detail"),
    path("reports/<int:report_id>/progress/", views.report_progress, name="report-progress"),
    path("reports/<int:report_id>/pdf/", views.report_download, name="report-download"),
    path("reports/<int:report_id>/print/", views.report_reprint, name="report-reprint"),
    path("contracts/export/<str:kind>/", views.contract_export, name="contract-export"),
    path("reports/batches/new/", batches.batch_issue, name="batch-issue"),
    path("reports/batches/<int:batch_id>/", batches.batch_detail, name="batch-detail"),
    path("reports/batches/<int:batch_id>/progress/", batches.batch_progress, name="batch-progress"),
    path("reports/batches/<int:batch_id>/zip/", batches.batch_download, name="batch-download"),
    path("reports/<int:report_id>/correct/", views.report_correct, name="report-correct"),
    path("reports/<int:report_id>/facts/", views.report_facts, name="report-facts"),
    path("reports/<int:report_id>/tables/<str:kind>/", files.report_tables, name="report-tables"),
    path("reports/<int:report_id>/archive/", files.report_archive, name="report-archive"),
    path("work/<slug:key>/", views.work_list, name="work-list"),
    path("reports/schedules/", schedules.schedule_list, name="schedule-list"),
    path("reports/schedules/new/", schedules.schedule_new, name="schedule-new"),
    path(
        "reports/schedules/<int:schedule_id>/stop/", schedules.schedule_stop, name="schedule-stop"
    ),
    path(
        "reports/schedules/<int:schedule_id>/resume/",
        schedules.schedule_resume,
        name="schedule-resume",
    ),
    path("open/", open_data.open_page, name="open-page"),
    path("open/dcat.json", open_data.open_catalogue, name="open-catalogue"),
    path("open/contracts/<int:year>.json", open_data.open_contracts, name="open-contracts"),
    path("open/burden.<slug:suffix>", open_data.open_burden, name="open-burden"),
    path("open/tables/<slug:kind>/<slug:day>/", open_data.open_table, name="open-table"),
    path("open/tables/<slug:kind>/<slug:day>.<slug:suffix>", open_data.open_file, name="open-file"),
    path("figures/compare/", dashboards.compare, name="compare"),
    path("figures/missing/", dashboards.missing, name="missing"),
    path("figures/missing/export/<str:kind>/", dashboards.missing_export, name="missing-export"),
    path("figures/lasting/", lasting.lasting_work, name="lasting-work"),
    path("figures/values/", lasting.proxy_table_list, name="proxy-table-list"),
    path("figures/values/new/", lasting.proxy_table_new, name="proxy-table-new"),
    path("figures/values/<int:table_id>/", lasting.proxy_table_detail, name="proxy-table-detail"),
    path(
        "figures/values/<int:table_id>/<slug:outcome>/remove/",
        lasting.proxy_remove,
        name="proxy-remove",
    ),
    path(
        "figures/values/<int:table_id>/publish/",
        lasting.proxy_table_publish,
        name="proxy-table-publish",
    ),
    path(
        "figures/values/<int:table_id>/withdraw/",
        lasting.proxy_table_withdraw,
        name="proxy-table-withdraw",
    ),
    path("figures/banenafspraak/", jobs.jobs, name="jobs"),
    path("forms/<slug:about>/<int:number>/", papers.paper_list, name="paper-list"),
    path(
        "forms/<slug:about>/<int:number>/<slug:key>.<slug:language>.pdf",
        papers.paper_print,
        name="paper-print",
    ),
]
