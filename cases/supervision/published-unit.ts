/** The unit by which the office publishes figures: the town or department a unit lies in; the unit itself above those. */

const PUBLISHES = `CASE WHEN u.kind IN ('town', 'department') THEN u.id END`;

/** A common table expression `published(id, town)`, the first of its statement. */
export const PUBLISHED = `RECURSIVE
inside (id, town) AS (
  SELECT u.id, ${PUBLISHES} FROM units u WHERE u.parent_id IS NULL
  UNION ALL SELECT u.id, coalesce(i.town, ${PUBLISHES}) FROM inside i JOIN units u ON u.parent_id = i.id),
published AS MATERIALIZED (SELECT id, coalesce(town, id) AS town FROM inside)`;
