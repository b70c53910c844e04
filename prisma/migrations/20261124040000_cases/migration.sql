-- Every two neighbouring characters of a text, without spaces, in lower case: Chinese has no word boundaries to index, and
-- most of what people look for is two or three characters long, too short for trigrams.
CREATE FUNCTION bigrams(sentence TEXT) RETURNS TEXT[] LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (
    SELECT coalesce(array_agg(DISTINCT substr(packed.text, place, 2)), '{}')
      FROM (SELECT lower(regexp_replace(sentence, '\s+', '', 'g')) AS text) AS packed,
           generate_series(1, greatest(length(packed.text) - 1, 1)) AS place
     WHERE packed.text <> ''
);
GRANT EXECUTE ON FUNCTION bigrams(TEXT) TO zhaodan_app;

-- Search: subjects by part of the name, text of people by part of it, cases by how the number begins or ends.
CREATE INDEX "subjects_name_bigrams" ON "subjects" USING gin (bigrams("name"));
CREATE INDEX "texts_body_bigrams" ON "texts" USING gin (bigrams("body")) WHERE "body" IS NOT NULL;
CREATE INDEX "cases_key_start" ON "cases" (lower("key") text_pattern_ops);
CREATE INDEX "cases_key_end" ON "cases" (reverse(lower("key")) text_pattern_ops);

-- Lists: earliest limit first (cases without one last) and newest first, of all kinds or one, open ones apart.
CREATE INDEX "cases_by_due" ON "cases" ((coalesce("due_at", 9007199254740991)), "id");
CREATE INDEX "cases_open_by_due" ON "cases" ((coalesce("due_at", 9007199254740991)), "id") WHERE "closed_at" IS NULL;
CREATE INDEX "cases_kind_by_due" ON "cases" ("kind", (coalesce("due_at", 9007199254740991)), "id");
-- Counting open cases by kind and rung reads this alone.
CREATE INDEX "cases_open_by_kind" ON "cases" ("kind", "due_at") WHERE "closed_at" IS NULL;
CREATE INDEX "cases_breached_by_due" ON "cases" ((coalesce("due_at", 9007199254740991)), "id") WHERE "breached";
CREATE INDEX "cases_by_opened" ON "cases" ("opened_at", "id");
CREATE INDEX "cases_kind_by_opened" ON "cases" ("kind", "opened_at", "id");

-- Filters of a list that a person keeps under a name.
CREATE TABLE "saved_views" (
    "id" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "saved_views_person_page_name_key" ON "saved_views"("person", "page", "name");
GRANT SELECT, INSERT, UPDATE, DELETE ON "saved_views" TO zhaodan_app;
