#!/bin/sh
# Makes Temporal's databases and brings their schemas up to the version of this image. Repeatable.
set -eu
for database in temporal temporal_visibility; do
  versions=/etc/temporal/schema/postgresql/v12/${database#temporal_}/versioned
  tool="temporal-sql-tool --plugin postgres12 --endpoint $POSTGRES_SEEDS --port $DB_PORT --user $POSTGRES_USER --database $database"
  $tool create-database || true # says so when it is there already
  $tool setup-schema --version 0.0 || true # refuses when there is a version already
  $tool update-schema --schema-dir "$versions"
done
