/** Every workflow type. A case's driver is named after its kind, so that Temporal's lists read like the office's. */
export {
  obligation as cycle,
  obligation as round,
  obligation as correction,
  obligation as 'binding-duty',
  obligation as 'pledge-duty',
} from './obligation.ts';
export { deliverNotices } from './deliver-notices.ts';
export { proposeQuarter } from './propose-quarter.ts';
