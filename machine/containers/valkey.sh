#!/bin/sh
# Start Valkey with its password from the environment, which no list of processes shows.
set -eu
exec valkey-server - <<END
bind * -::*
dir /var/lib/valkey
appendonly yes
save ""
maxmemory-policy noeviction
requirepass $REDIS_PASSWORD
END
