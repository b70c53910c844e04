/** The unit by which the office publishes figures: the town or department a unit lies in; the unit itself above those. */

/** A common table expression `published(id, town)`; computed once a statement, over units × towns and not units × units. */
export const PUBLISHED = `
published AS MATERIALIZED (
  SELECT DISTINCT ON (u.id) u.id, coalesce(up.id, u.id) AS town
    FROM units u LEFT JOIN (SELECT id, path FROM units WHERE kind IN ('town', 'department') OFFSET 0) up ON starts_with(u.path, up.path)
   ORDER BY u.id, length(up.path))`;
