/** The product's workflows, and the driver under the name of the toy kind. */
export * from '../../workflows/index.ts';
export { obligation as toy } from '../../workflows/obligation.ts';
