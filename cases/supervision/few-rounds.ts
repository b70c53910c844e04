/** A page of visits opens no more rounds than it needs: their states are large, their counters are not. */

/**
 * Of the rows of `rounds` (with `visits`, how many refs each has, and `place`, their order), as many from the first on as
 * hold `wanted` refs. Of the first some may stand before the page: it is not counted on.
 */
export const asFewAs = (wanted: string, rounds: string): string => `
  SELECT * FROM (
    SELECT *, sum(visits) OVER (ORDER BY place) - visits - first_value(visits) OVER (ORDER BY place) AS had
      FROM (SELECT * FROM (${rounds}) r WHERE visits > 0 ORDER BY place LIMIT ${wanted} + 1) r) r
   WHERE had < ${wanted}`;
