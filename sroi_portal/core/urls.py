"""Addresses of people, public pages and work in progress."""

from django.conf import settings
from django.urls import path

from sroi_portal.core.views import (
    account,
    demo,
    drafts,
    handbook,
    helping,
    jobs,
    list_files,
    office,
    people,
    public,
    trail,
)

app_name = "core"
urlpatterns = [
    path("account/", account.profile, name="profile"),
    path("account/sessions/end/", account.sessions_end, name="sessions-end"),
    path("account/session/", account.keep_alive, name="keep-alive"),
    path("account/session/ended/", account.session_ended, name="session-ended"),
    path("people/", people.person_list, name="person-list"),
    path("people/new/", people.person_new, name="person-new"),
    path("people/rights.csv", people.rights_overview, name="rights-overview"),
    path("people/<int:person_id>/", people.person_detail, name="person-detail"),
    path("people/<int:person_id>/roles/give/", people.role_give, name="role-give"),
    path("people/<int:person_id>/close/", people.account_close, name="account-close"),
    path("people/<int:person_id>/open/", people.account_open, name="account-open"),
    path("people/<int:person_id>/link/", people.password_link_send, name="password-link-send"),
    path("roles/<int:assignment_id>/take/", people.role_take, name="role-take"),
    path("jobs/<uuid:job_uuid>/", jobs.job_progress, name="job-progress"),
    path("account/notices/", helping.notices, name="notices"),
    path("drafts/", drafts.draft_save, name="draft-save"),
    path("drafts/read/", drafts.draft_read, name="draft-read"),
    path("drafts/discard/", drafts.draft_discard, name="draft-discard"),
    path("help/", helping.help_page, name="help"),
    path("help/questions/<int:question_id>/", helping.help_question, name="help-question"),
    path("help/desks/<int:authority_id>/", helping.help_desk, name="help-desk"),
    path("announcements/", helping.announcement_list, name="announcement-list"),
    path("announcements/new/", helping.announcement_new, name="announcement-new"),
    path(
        "announcements/<int:announcement_id>/end/",
        helping.announcement_end,
        name="announcement-end",
    ),
    path(
        "announcements/<int:announcement_id>/dismiss/",
        helping.announcement_dismiss,
        name="announcement-dismiss",
    ),
    path("privacy/", public.privacy, name="privacy"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("contact/", public.contact, name="contact"),
    path("changelog/", public.changelog, name="changelog"),
    path("glossary/", public.glossary, name="glossary"),
    path("health/", public.health, name="health"),
    path("robots.txt", public.robots, name="robots"),
    path(".well-known/security.txt", public.security_txt, name="security-txt"),
    path("absences/", office.absence_list, name="absence-list"),
    path("absences/new/", office.absence_new, name="absence-new"),
    path("absences/<int:absence_id>/withdraw/", office.absence_withdraw, name="absence-withdraw"),
    path("authorities/<int:authority_id>/edit/", office.authority_edit, name="authority-edit"),
    path("history/", trail.office_trail, name="office-trail"),
    path("history/export.csv", trail.office_trail_export, name="office-trail-export"),
    path("history/<str:kind>/<uuid:object_uuid>/", trail.object_history, name="object-history"),
    path(
        "history/<str:of>/<uuid:object_uuid>/export.csv",
        trail.object_history_export,
        name="object-history-export",
    ),
    path("account/files/", list_files.list_file_list, name="list-file-list"),
    path("account/files/<uuid:file_uuid>/", list_files.list_file, name="list-file"),
    path(
        "account/files/<uuid:file_uuid>/download/",
        list_files.list_file_download,
        name="list-file-download",
    ),
    path("help/handbook/", handbook.handbook_list, name="handbook-list"),
    path("help/handbook/<slug:role>/", handbook.handbook_detail, name="handbook-detail"),
]
if settings.DEMO:
    urlpatterns += [path("mailbox/", demo.mailbox, name="mailbox")]
