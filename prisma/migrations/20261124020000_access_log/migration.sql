-- Who was refused, and who read what is sensitive; written once, like the journal.
CREATE TABLE "access_log" (
    "id" BIGSERIAL NOT NULL,
    "at" BIGINT NOT NULL,
    "person" TEXT NOT NULL,
    "post" TEXT NOT NULL,
    "capacity" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "access_right" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "about" TEXT,
    "what" TEXT,
    "request" TEXT NOT NULL,

    CONSTRAINT "access_log_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "access_log_person_id_idx" ON "access_log"("person", "id");
CREATE INDEX "access_log_about_id_idx" ON "access_log"("about", "id");
CREATE INDEX "access_log_outcome_id_idx" ON "access_log"("outcome", "id");
CREATE TRIGGER access_log_append_only BEFORE UPDATE OR DELETE ON "access_log" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER access_log_no_truncate BEFORE TRUNCATE ON "access_log" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON "access_log" TO zhaodan_app;
GRANT USAGE, SELECT ON SEQUENCE "access_log_id_seq" TO zhaodan_app;

-- Who acted and what was said, read out of each entry by the database itself: they cannot differ from what is
-- hashed; a body that somebody made into no entry at all has neither.
ALTER TABLE "entries"
    ADD COLUMN "person" TEXT GENERATED ALWAYS AS (CASE WHEN body IS JSON OBJECT THEN (body::jsonb) #>> '{actor,person}' END) STORED,
    ADD COLUMN "post" TEXT GENERATED ALWAYS AS (CASE WHEN body IS JSON OBJECT THEN (body::jsonb) #>> '{actor,post}' END) STORED,
    ADD COLUMN "said" TEXT GENERATED ALWAYS AS (CASE WHEN body IS JSON OBJECT THEN coalesce((body::jsonb) #>> '{cause,command,type}', (body::jsonb) #>> '{cause,type}') END) STORED;
CREATE INDEX "entries_person_id_idx" ON "entries"("person", "id");
CREATE INDEX "entries_post_id_idx" ON "entries"("post", "id");
CREATE INDEX "entries_said_id_idx" ON "entries"("said", "id");
CREATE INDEX "entries_at_id_idx" ON "entries"("at", "id");
-- Which cases a post was told of.
CREATE INDEX "notices_post_case_id_idx" ON "notices"("post", "case_id");
CREATE INDEX "bindings_post_open_idx" ON "bindings"("post_id", "subject_id") WHERE "to_on" IS NULL;
