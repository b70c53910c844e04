-- Every rung that fired, and when somebody next acted on the case: which rung of the ladder moves cases.
CREATE TABLE "case_rungs" (
    "case_id" TEXT NOT NULL,
    "clock" TEXT NOT NULL,
    "arming" INTEGER NOT NULL,
    "rung" TEXT NOT NULL,
    "ladder" TEXT NOT NULL,
    "fired_at" BIGINT NOT NULL,
    "moved_at" BIGINT,

    CONSTRAINT "case_rungs_pkey" PRIMARY KEY ("case_id","clock","arming","rung")
);
CREATE INDEX "case_rungs_waiting_idx" ON "case_rungs"("case_id") WHERE "moved_at" IS NULL;
CREATE INDEX "case_rungs_fired_at_idx" ON "case_rungs"("fired_at");
GRANT SELECT, INSERT, UPDATE, DELETE ON "case_rungs" TO zhaodan_app;
