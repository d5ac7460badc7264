from sroi_portal.core.models.absence import REPLACED_ROLES, Absence
from sroi_portal.core.models.announcement import Announcement, Audience, Dismissal
from sroi_portal.core.models.audit import AuditEvent, DaySeal, ReadEvent, Remark
from sroi_portal.core.models.authority import Authority, RoleAssignment, RoleName
from sroi_portal.core.models.base import Recorded
from sroi_portal.core.models.draft import FormDraft
from sroi_portal.core.models.help_desk import HelpDesk, HelpQuestion
from sroi_portal.core.models.job import Job, JobStatus, Outgoing
from sroi_portal.core.models.list_file import FileKind, ListFile
from sroi_portal.core.models.notices import NoticeChoice, NoticeKind, NoticeWay, WaitingNotice
from sroi_portal.core.models.sign_in import SignInFailure
from sroi_portal.core.models.user import User

__all__ = [
    "REPLACED_ROLES",
    "Absence",
    "Announcement",
    "Audience",
    "AuditEvent",
    "Authority",
    "DaySeal",
    "Dismissal",
    "FileKind",
    "FormDraft",
    "HelpDesk",
    "HelpQuestion",
    "Job",
    "JobStatus",
    "ListFile",
    "NoticeChoice",
    "NoticeKind",
    "NoticeWay",
    "Outgoing",
    "ReadEvent",
    "Recorded",
    "Remark",
    "RoleAssignment",
    "RoleName",
    "SignInFailure",
    "User",
    "WaitingNotice",
]
