-- Why a calendar, a ladder or a policy was put in force, in the publisher's words.
ALTER TABLE "publications" ADD COLUMN "reason" TEXT;
