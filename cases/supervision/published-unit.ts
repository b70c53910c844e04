/** The unit by which the office publishes figures: the town or department a unit lies in; the unit itself above those. */

/** A common table expression `published(id, town)`; computed once a statement. */
export const PUBLISHED = `
published AS MATERIALIZED (
  SELECT u.id, coalesce((SELECT up.id FROM units up WHERE starts_with(u.path, up.path) AND up.kind IN ('town', 'department')
                          ORDER BY length(up.path) LIMIT 1), u.id) AS town FROM units u)`;
