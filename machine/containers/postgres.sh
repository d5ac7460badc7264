#!/bin/sh
# Start PostgreSQL; make its cluster, the portal's roles and its database where they are missing.
set -eu
data=/var/lib/postgresql/data
cd /var/lib/postgresql

if [ ! -s "$data/PG_VERSION" ]; then
  initdb -D "$data" -E UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 \
    --auth-local=peer --auth-host=scram-sha-256
  echo "host all sroi_owner,sroi_login all scram-sha-256" >>"$data/pg_hba.conf"
fi

# Not yet on the network: nobody signs in before the passwords are those of the environment.
pg_ctl -D "$data" -w -o "-c listen_addresses=''" start
psql -v ON_ERROR_STOP=1 -q -d template1 -f /usr/local/share/roles.sql
psql -v ON_ERROR_STOP=1 -q -d template1 <<'END'
\getenv owner SROI_OWNER_PASSWORD
\getenv login SROI_LOGIN_PASSWORD
ALTER ROLE sroi_owner PASSWORD :'owner';
ALTER ROLE sroi_login PASSWORD :'login';
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
SELECT 'CREATE DATABASE sroi OWNER sroi_owner'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'sroi') \gexec
END
pg_ctl -D "$data" -w -m fast stop

exec postgres -D "$data" -c listen_addresses='*'
