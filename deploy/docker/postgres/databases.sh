#!/bin/sh
# One database a service: <service>_owner migrates it, <service>_app only works in it (ADR 1). Repeatable at every start.
set -eu
for service in registry scoring training; do
    psql -X -q -v ON_ERROR_STOP=1 -d postgres -v service="$service" -v owner="${service}_owner" -v worker="${service}_app" << 'SQL'
\set owner_file '/run/keys/' :service '-owner-password'
\set worker_file '/run/keys/' :service '-app-password'
\set owner_password `cat :owner_file`
\set worker_password `cat :worker_file`
SELECT format('CREATE ROLE %I LOGIN', role) FROM unnest(ARRAY[:'owner', :'worker']) AS role
WHERE role NOT IN (SELECT rolname FROM pg_roles) \gexec
ALTER ROLE :"owner" PASSWORD :'owner_password';
ALTER ROLE :"worker" PASSWORD :'worker_password';
SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0', :'service', :'owner')
WHERE :'service' NOT IN (SELECT datname FROM pg_database) \gexec
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"service" TO :"worker";
\connect :"service"
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO :"owner";
GRANT USAGE ON SCHEMA public TO :"worker";
SQL
done
echo "数据库与角色齐备"
