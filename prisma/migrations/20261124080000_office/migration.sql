-- Whole verifications that somebody asked for, and what they found.
CREATE TABLE "verifications" (
    "id" BIGSERIAL NOT NULL,
    "person" TEXT NOT NULL,
    "post" TEXT NOT NULL,
    "started_at" BIGINT NOT NULL,
    "seen_at" BIGINT NOT NULL,
    "finished_at" BIGINT,
    "chains_total" INTEGER NOT NULL,
    "chains_done" INTEGER NOT NULL DEFAULT 0,
    "result" JSONB,
    "fault" TEXT,

    CONSTRAINT "verifications_pkey" PRIMARY KEY ("id")
);
GRANT SELECT, INSERT, UPDATE ON "verifications" TO zhaodan_app;
GRANT USAGE, SELECT ON SEQUENCE "verifications_id_seq" TO zhaodan_app;

-- Which workers run, of which build, and when each was last heard of.
CREATE TABLE "workers" (
    "id" TEXT NOT NULL,
    "build" TEXT NOT NULL,
    "started_at" BIGINT NOT NULL,
    "seen_at" BIGINT NOT NULL,

    CONSTRAINT "workers_pkey" PRIMARY KEY ("id")
);
GRANT SELECT, INSERT, UPDATE, DELETE ON "workers" TO zhaodan_app;

CREATE INDEX "refusals_person_id_idx" ON "refusals"("person", "id");
CREATE INDEX "refusals_code_id_idx" ON "refusals"("code", "id");
