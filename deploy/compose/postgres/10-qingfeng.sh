#!/bin/sh
# Runs once, when the data folder is new: the server's role owns its database and is no superuser.
set -eu
psql --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres --set=password="$QINGFENG_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE qingfeng LOGIN PASSWORD :'password';
CREATE DATABASE qingfeng OWNER qingfeng;
REVOKE CONNECT ON DATABASE qingfeng FROM PUBLIC;
SQL
