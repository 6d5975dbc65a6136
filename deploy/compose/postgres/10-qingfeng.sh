#!/bin/sh
# Runs once, when the data folder is new. qingfeng owns the tables and migrates them; the server works as qingfeng_app,
# which owns nothing: each migration grants it what it needs, and of the audit only adding and reading. Neither is a superuser.
set -eu
psql --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres --set=owner="$QINGFENG_MIGRATION_PASSWORD" \
	--set=password="$QINGFENG_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE qingfeng LOGIN PASSWORD :'owner';
CREATE ROLE qingfeng_app LOGIN PASSWORD :'password';
CREATE DATABASE qingfeng OWNER qingfeng;
REVOKE CONNECT ON DATABASE qingfeng FROM PUBLIC;
GRANT CONNECT ON DATABASE qingfeng TO qingfeng_app;
SQL
