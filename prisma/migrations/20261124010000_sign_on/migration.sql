-- Who may sign on, the sessions, and what happened at signing on.

CREATE TABLE "accounts" (
    "person_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password" TEXT,
    "earlier_passwords" TEXT[] NOT NULL DEFAULT '{}',
    "password_set_at" BIGINT,
    "must_change" BOOLEAN NOT NULL DEFAULT false,
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "totp_secret" TEXT,
    "totp_confirmed_at" BIGINT,
    "totp_last_step" BIGINT NOT NULL DEFAULT 0,
    "created_at" BIGINT NOT NULL,
    "last_sign_in_at" BIGINT,
    "disabled_at" BIGINT,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("person_id")
);

CREATE TABLE "sign_in_counts" (
    "name" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "last_at" BIGINT NOT NULL,
    "locked_until" BIGINT,

    CONSTRAINT "sign_in_counts_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "recovery_codes" (
    "person_id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("person_id","digest")
);

CREATE TABLE "known_browsers" (
    "digest" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "seen_at" BIGINT NOT NULL,

    CONSTRAINT "known_browsers_pkey" PRIMARY KEY ("digest")
);

CREATE TABLE "sessions" (
    "digest" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "post" TEXT,
    "method" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "awaits" TEXT,
    "address" TEXT,
    "browser" TEXT,
    "started_at" BIGINT NOT NULL,
    "seen_at" BIGINT NOT NULL,
    "ends_at" BIGINT NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("digest")
);

CREATE TABLE "oidc_links" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "linked_at" BIGINT NOT NULL,

    CONSTRAINT "oidc_links_pkey" PRIMARY KEY ("issuer","subject")
);

CREATE TABLE "oidc_flows" (
    "digest" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "nonce" TEXT NOT NULL,
    "verifier" TEXT NOT NULL,
    "next" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "oidc_flows_pkey" PRIMARY KEY ("digest")
);

CREATE TABLE "security_log" (
    "id" BIGSERIAL NOT NULL,
    "at" BIGINT NOT NULL,
    "event" TEXT NOT NULL,
    "person" TEXT,
    "by_person" TEXT,
    "by_post" TEXT,
    "session" TEXT,
    "address" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "security_log_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "accounts_name_key" ON "accounts"("name");
CREATE UNIQUE INDEX "sessions_id_key" ON "sessions"("id");
CREATE INDEX "sessions_person_id_idx" ON "sessions"("person_id");
CREATE INDEX "sign_in_counts_last_at_idx" ON "sign_in_counts"("last_at");
CREATE INDEX "known_browsers_person_id_idx" ON "known_browsers"("person_id");
CREATE INDEX "oidc_links_person_id_idx" ON "oidc_links"("person_id");
CREATE INDEX "oidc_flows_at_idx" ON "oidc_flows"("at");
CREATE INDEX "security_log_person_id_idx" ON "security_log"("person", "id");
CREATE INDEX "security_log_event_id_idx" ON "security_log"("event", "id");
CREATE INDEX "security_log_address_at_idx" ON "security_log"("address", "at");

-- What happened at signing on is written once, like the journal.
CREATE TRIGGER security_log_append_only BEFORE UPDATE OR DELETE ON "security_log" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER security_log_no_truncate BEFORE TRUNCATE ON "security_log" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT, UPDATE, DELETE ON "accounts", "sign_in_counts", "recovery_codes", "known_browsers", "sessions", "oidc_links", "oidc_flows" TO zhaodan_app;
GRANT SELECT, INSERT ON "security_log" TO zhaodan_app;
GRANT USAGE, SELECT ON SEQUENCE "security_log_id_seq" TO zhaodan_app;
