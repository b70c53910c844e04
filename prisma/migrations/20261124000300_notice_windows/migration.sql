-- A person gets one digest a sending window: the window stands in the message, and the database holds to it.
ALTER TABLE "messages" ADD COLUMN "window_id" TEXT;
CREATE UNIQUE INDEX "messages_person_id_window_id_key" ON "messages" ("person_id", "window_id");

-- A notice queued again by an operator waits anew from that instant, and its own instant stays what it was.
ALTER TABLE "notices" ADD COLUMN "queued_at" BIGINT;

-- What is still to be sent, earliest first.
CREATE INDEX messages_unsent ON "messages" ("retry_at", "frozen_at") WHERE "state" = 'frozen';
