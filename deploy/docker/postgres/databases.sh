#!/bin/sh
# One database a service: <service>_owner migrates it, <service>_app only works in it (ADR 1).
set -eu
for service in registry scoring training; do
    owner=$(cat "/run/keys/${service}-owner-password")
    worker=$(cat "/run/keys/${service}-app-password")
    psql -v ON_ERROR_STOP=1 -q -U "$POSTGRES_USER" -d postgres \
        -v service="$service" -v owner="${service}_owner" -v worker="${service}_app" \
        -v owner_password="$owner" -v worker_password="$worker" << 'SQL'
CREATE ROLE :"owner" LOGIN PASSWORD :'owner_password';
CREATE ROLE :"worker" LOGIN PASSWORD :'worker_password';
CREATE DATABASE :"service" OWNER :"owner" TEMPLATE template0;
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"service" TO :"worker";
\connect :"service"
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO :"owner";
GRANT USAGE ON SCHEMA public TO :"worker";
SQL
done
