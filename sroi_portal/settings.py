"""Settings of SROI-portaal: read from the environment, refused when unintelligible."""

from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from sroi_portal import env

BASE_DIR = Path(__file__).resolve().parent.parent

# What this installation is
DEBUG = env.flag("DEBUG", default=False)
SITE_URL = env.url("SITE_URL")
SECRET_KEY = env.secret("SECRET_KEY")
FIELD_KEYS = env.keys("FIELD_KEYS")
HASH_KEY = next(iter(env.keys("HASH_KEY").values()))  # never changes: references are found by it
DEMO = env.demo("DEMO", site_url=SITE_URL)
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
HTTPS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "sroi_portal.core",
    "suppliers",
    "contracts",
    "candidates",
    "network",
    "reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "django.forms",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sroi_portal.core.middleware.IdleSessionMiddleware",
    "sroi_portal.core.language.LanguageMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sroi_portal.core.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sroi_portal.core.middleware.ActingMiddleware",  # innermost: the view runs inside it
]

ROOT_URLCONF = "sroi_portal.urls"
WSGI_APPLICATION = "sroi_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sroi_portal.core.context.portal",
                "reports.home.navigation",
            ],
        },
    },
]

# Facts. The web and the workers sign in as a role that may do nothing until it acts as somebody.
DATABASES = {"default": env.database("DATABASE_URL")}
if env.text("DATABASE_OWNER_URL", default=""):
    DATABASES["owner"] = env.database("DATABASE_OWNER_URL")
for _database in DATABASES.values():
    _database["CONN_MAX_AGE"] = 600
    _database["CONN_HEALTH_CHECKS"] = True
    _database["TEST"] = {"NAME": env.text("TEST_DATABASE_NAME", default="test_sroi")}
if "owner" in DATABASES:
    DATABASES["owner"]["TEST"]["MIRROR"] = "default"

# Background work, cache and rate limits
REDIS_URL = env.redis_url("REDIS_URL")
CELERY_BROKER_URL = env.broker_url("REDIS_URL")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 120, "socket_timeout": 5}
CELERY_TASK_PUBLISH_RETRY = False  # a hint that fails is harmless: beat finds the row
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_BEAT_SCHEDULE = {
    "queue what is due": {"task": "sroi_portal.core.tasks.queue_due", "schedule": 10},
    "queue stale fulfilment": {"task": "contracts.tasks.recompute_stale", "schedule": 10},
    "queue touched figures": {"task": "reports.tasks.refresh_figures", "schedule": 10},
    "nightly": {"task": "contracts.tasks.recompute_all", "schedule": env.at("01:30")},
    "seal the day": {"task": "sroi_portal.core.tasks.seal_day", "schedule": env.at("00:20")},
    "remind": {"task": "contracts.tasks.remind", "schedule": env.at("06:00")},
    "remind of evidence": {
        "task": "candidates.tasks.remind_of_evidence",
        "schedule": env.at("06:10"),
    },
    "ask what lasts": {"task": "candidates.tasks.ask_follow_ups", "schedule": env.at("06:15")},
    "scan what waits": {"task": "candidates.tasks.scan_waiting", "schedule": 60},
    "remind checkers": {"task": "candidates.tasks.remind_checkers", "schedule": env.at("06:05")},
    "mark unchecked": {"task": "candidates.tasks.mark_unchecked", "schedule": 60},
    "remove old imports": {"task": "candidates.tasks.purge_imports", "schedule": env.at("03:10")},
    "remove details": {"task": "candidates.tasks.remove_details", "schedule": env.at("03:12")},
    "remove old letters": {
        "task": "candidates.tasks.purge_personal_links",
        "schedule": env.at("03:15"),
    },
    "remind of periods": {"task": "contracts.tasks.remind_periods", "schedule": env.at("06:05")},
    "remind of late advice": {
        "task": "network.tasks.remind_late_advice",
        "schedule": env.at("06:20"),
    },
    "withdraw quotes": {"task": "network.tasks.withdraw_unpermitted", "schedule": 60},
    "remind of meetings": {"task": "network.tasks.remind_meetings", "schedule": env.at("06:25")},
    "tidy people": {"task": "network.tasks.tidy_people", "schedule": env.at("03:20")},
    "renew the timeline": {"task": "network.tasks.renew_timeline", "schedule": env.at("03:00")},
    "rename places": {"task": "network.tasks.rename_places", "schedule": env.at("03:05")},
    "tidy the board": {"task": "network.tasks.expire_offers", "schedule": env.at("06:15")},
    "weekly mail": {"task": "reports.tasks.write_digests", "schedule": env.at("06:30", "mon")},
    "post paid months": {
        "task": "candidates.tasks.post_closed_months",
        "schedule": env.at("01:50"),
    },
    "publish tables": {"task": "reports.tasks.publish_tables", "schedule": env.at("02:30")},
    "publish open data": {"task": "reports.tasks.publish_open_data", "schedule": env.at("02:50")},
    "issue reports": {"task": "reports.tasks.issue_scheduled", "schedule": env.at("06:20")},
    "clean up": {"task": "sroi_portal.core.tasks.clean_up", "schedule": env.at("03:30")},
}
CACHES = {
    "default": {"BACKEND": "sroi_portal.core.cache.ForgivingRedisCache", "LOCATION": REDIS_URL}
}

# Who comes in
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["sroi_portal.core.signing_in.EmailBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "sroi_portal.core.signing_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = (  # the path of a class
    "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
)
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {"login_failed": ""}  # counted in PostgreSQL: core/throttle.py
_forms = "sroi_portal.core.account_forms"
ACCOUNT_FORMS = {
    "login": f"{_forms}.SignInForm",
    "change_password": f"{_forms}.ChangePasswordForm",
    "reset_password": f"{_forms}.ResetPasswordForm",
    "reset_password_from_key": f"{_forms}.NewPasswordForm",
    "reauthenticate": f"{_forms}.ReauthenticateForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # who has an account came by a link in a mail
MFA_TOTP_ISSUER = "SROI-portaal"
MFA_TOTP_TOLERANCE = 1  # a clock may be 30 seconds off
MFA_ADAPTER = "sroi_portal.core.signing_in.SecondFactorAdapter"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_FORMS = {
    "authenticate": f"{_forms}.CodeForm",
    "reauthenticate": f"{_forms}.ReauthenticateCodeForm",
    "activate_totp": f"{_forms}.AddAppForm",
    "add_webauthn": f"{_forms}.AddPasskeyForm",
    "edit_webauthn": f"{_forms}.RenamePasskeyForm",
}

# Sessions and what a browser may do
SESSION_ENGINE = "sroi_portal.core.sessions"
SESSION_COOKIE_AGE = 30 * 60  # seconds without a request
SESSION_SAVE_EVERY_REQUEST = True
SESSION_ABSOLUTE_AGE = 10 * 60 * 60  # seconds since signing in
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_FAILURE_VIEW = "sroi_portal.core.views.errors.old_page"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
LANGUAGE_COOKIE_NAME = "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}

# Mail, files, language
MAILERS = {"default": env.mailer("EMAIL_URL", demo=DEMO)}
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", default="SROI-portaal <noreply@localhost>")
MEDIA_ROOT = env.text("MEDIA_ROOT", default=str(BASE_DIR / ".local" / "files"))
STATIC_URL = "/static/"
STATIC_ROOT = env.text("STATIC_ROOT", default=str(BASE_DIR / ".local" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
_static = "whitenoise.storage.CompressedManifestStaticFilesStorage"
if not env.flag("STATIC_HASHED", default=True):
    _static = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static},
}
CLAMAV = env.text("CLAMAV", default="")  # /socket or host:port; without it no file is taken
ALLOW_UNSCANNED = env.flag("ALLOW_UNSCANNED", default=False)
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale/borrowed"]
TIME_ZONE = "Europe/Amsterdam"
USE_THOUSAND_SEPARATOR = False
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "nlds"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CONTACT_EMAIL = env.text("CONTACT_EMAIL", default="")
PUBLISHER_NAME = env.text("PUBLISHER_NAME", default="SROI-portaal")  # of the open data
PUBLISHER_URI = env.text("PUBLISHER_URI", default=f"{SITE_URL}/contact/#publisher")
OCDS_PREFIX = env.text("OCDS_PREFIX", default="ocds-zzzzzz")  # registered with the standard
SHARED_DATA = env.text("SROI_SHARED", default="")
LOGGING = env.logging(debug=DEBUG)
