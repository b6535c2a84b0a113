#!/bin/sh
# Runs a program with secrets from files in its environment: systemd's credentials, Docker's or Kubernetes' secrets.
# A file that is missing or empty sets nothing.
set -eu
folder=${CREDENTIALS_DIRECTORY:-/run/secrets}
[ -d "$folder" ] || echo "with-credentials.sh: there is no folder $folder, so no secret is set from it" >&2

load() {
    [ -s "$folder/$1" ] || return 0
    value=$(cat "$folder/$1")
    export "$2=$value"
}

load secret MEET_SECRET
load admin-key MEET_ADMIN_KEY
load database-url MEET_DATABASE_URL
load api-key COMETCHAT_API_KEY
load webhook-secret MEET_WEBHOOK_SECRET
load verify-secret MEET_VERIFY_SECRET
exec "$@"
