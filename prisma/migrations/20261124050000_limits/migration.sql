-- Every limit of every case, rewritten with its case's row: what the board, the heat-map and the calendar of deadlines count.
CREATE TABLE "case_limits" (
    "case_id" TEXT NOT NULL,
    "clock" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "started_at" BIGINT NOT NULL,
    "due_at" BIGINT,
    "due_on" TEXT,
    "plain_due_at" BIGINT,
    "ended_at" BIGINT,

    CONSTRAINT "case_limits_pkey" PRIMARY KEY ("case_id","clock")
);
CREATE INDEX "case_limits_kind_clock_due_on_idx" ON "case_limits"("kind", "clock", "due_on");
CREATE INDEX "case_limits_due_on_idx" ON "case_limits"("due_on") WHERE "ended_at" IS NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON "case_limits" TO zhaodan_app;
