-- The values a refusal named: without them its sentence cannot be said again when the case is replayed.
ALTER TABLE "refusals" ADD COLUMN "details" JSONB;
