-- The files an entry names, by their digests: who may read a file is whoever may see a case that names it. Entries are
-- canonical JSON, so that a file is always written like this; few entries name one, and only those are indexed.
CREATE FUNCTION files_in(body TEXT) RETURNS TEXT[] LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (
    SELECT coalesce(array_agg(DISTINCT found.digest[1]), '{}')
      FROM regexp_matches(body, '"digest":"([0-9a-f]{64})","takenOn":"', 'g') AS found(digest)
);
GRANT EXECUTE ON FUNCTION files_in(TEXT) TO zhaodan_app;
CREATE INDEX "entries_files" ON "entries" USING gin (files_in("body")) WHERE "body" LIKE '%"takenOn":"%';
CREATE INDEX "pledges_document_idx" ON "pledges" ("document") WHERE "document" IS NOT NULL;
