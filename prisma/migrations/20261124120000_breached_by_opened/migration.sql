-- What was late once is a small part of everything; the newest of it is not looked for among all that ever was.
CREATE INDEX "cases_breached_by_opened" ON "cases" ("opened_at", "id") WHERE "breached";
