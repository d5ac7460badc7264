# Everything the portal runs on, from Debian: the portal itself, PostgreSQL and Valkey.

FROM debian:trixie-slim AS base
ARG DEBIAN_FRONTEND=noninteractive
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/opt/venv/bin:$PATH
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates fonts-dejavu-core python3 \
        libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*

FROM base AS packages
ARG DEBIAN_FRONTEND=noninteractive
RUN apt-get update && apt-get install -y --no-install-recommends python3-venv \
    && python3 -m venv /opt/venv
COPY requirements.txt /
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes \
        -r /requirements.txt \
    && pip uninstall --yes pip

FROM base AS portal
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin portal \
    && install -d -o portal /var/lib/sroi-portaal/files
COPY --from=packages /opt/venv /opt/venv
COPY machine/containers/healthy.py /usr/local/bin/
COPY . /portal
WORKDIR /portal
ENV DJANGO_SETTINGS_MODULE=sroi_portal.settings MEDIA_ROOT=/var/lib/sroi-portaal/files \
    STATIC_ROOT=/portal/gathered XDG_CACHE_HOME=/tmp
# Secrets made for this one command; none stays in the image
RUN random() { python -c 'import base64, os; print(base64.b64encode(os.urandom(int(__import__("sys").argv[1]))).decode())' "$1"; } \
    && SECRET_KEY=$(random 48) FIELD_KEYS=build:$(random 32) HASH_KEY=build:$(random 32) \
        SITE_URL=http://localhost DATABASE_URL=postgresql://build@/build REDIS_URL=redis://build \
        EMAIL_URL=none: python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q /portal
USER portal
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["python", "/usr/local/bin/healthy.py", "web"]
CMD ["gunicorn", "sroi_portal.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "4", "--timeout", "60", "--worker-tmp-dir", "/dev/shm", \
     "--control-socket", "/run/portal/gunicorn.ctl"]

FROM debian:trixie-slim AS postgres
ARG DEBIAN_FRONTEND=noninteractive
RUN apt-get update && mkdir -p /etc/postgresql-common \
    && echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf \
    && apt-get install -y --no-install-recommends postgresql-17 \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o postgres -g postgres -m 0700 /var/lib/postgresql/data
COPY sroi_portal/core/roles.sql /usr/local/share/roles.sql
COPY --chmod=0755 machine/containers/postgres.sh /usr/local/bin/
ENV PATH=/usr/lib/postgresql/17/bin:$PATH
USER postgres
STOPSIGNAL SIGINT
CMD ["postgres.sh"]

FROM debian:trixie-slim AS valkey
ARG DEBIAN_FRONTEND=noninteractive
RUN apt-get update && apt-get install -y --no-install-recommends valkey-server valkey-tools \
    && rm -rf /var/lib/apt/lists/* && install -d -o valkey -g valkey -m 0700 /var/lib/valkey
COPY --chmod=0755 machine/containers/valkey.sh /usr/local/bin/
USER valkey
CMD ["valkey.sh"]
