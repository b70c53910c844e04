-- Indexes for boards and lists with a district's full data; each was missed by a measured question (bench/console-reads.ts).

-- What was late once, newest first: a small part of everything.
CREATE INDEX "cases_breached_by_opened" ON "cases" ("opened_at", "id") WHERE "breached";
-- The rounds of a cycle, of one unit or of all.
DROP INDEX "cases_cycle_id_idx";
CREATE INDEX "cases_cycle_id_unit_id_idx" ON "cases"("cycle_id", "unit_id");
