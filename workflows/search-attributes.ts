/** What an operator can search drivers by in Temporal. Not encrypted: codes and dates, never a name or a text. */
import { defineSearchAttributeKey } from '@temporalio/common';

export const caseKind = defineSearchAttributeKey('CaseKind', 'KEYWORD');
export const caseUnit = defineSearchAttributeKey('CaseUnit', 'KEYWORD');
export const caseStage = defineSearchAttributeKey('CaseStage', 'KEYWORD');
/** `YYYY-MM-DD`, the earliest due day of a running clock. */
export const caseDueOn = defineSearchAttributeKey('CaseDueOn', 'KEYWORD');

/** Every attribute the code uses; set-up registers exactly these. */
export const SEARCH_ATTRIBUTES = [caseKind, caseUnit, caseStage, caseDueOn] as const;
