-- Indexes for the console's reads with a district's full data; each was missed by a measured question (bench/console-reads.ts).

-- Limits that ran over: few among many that ended in time.
CREATE INDEX "case_limits_over" ON "case_limits" ("due_at") WHERE "ended_at" IS NULL OR "ended_at" > "due_at";
-- The ledger by state, newest first.
CREATE INDEX "notices_state_id_idx" ON "notices"("state", "id");
-- What reached nobody, counted by reason within reach.
CREATE INDEX "notices_undelivered" ON "notices" ("post", "state", "why") WHERE "state" IN ('refused', 'no-addressee');
