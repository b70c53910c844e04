/** How ids, dates, instants and texts look on the wire; said once, for the API and the command line. */
export * from '../cases/kinds/fields.ts';
