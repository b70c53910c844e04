/** Why a clock may stand still, and how a person reads it. Knows no rule: which causes stop which clock is the rule's. */

/** Cause codes as they stand in journals and rules, with their Chinese. */
export const STOP_CAUSES: Readonly<Record<string, string>> = {
  testing: '检验检测',
  appraisal: '鉴定',
  identification: '权利人辨认、认定',
  recusal: '回避',
  suspension: '中止调查',
  hearing: '听证',
  publication: '公告送达',
  consultation: '征求其他部门意见',
  correction: '补正材料',
  review: '复议、复核或者诉讼',
  objection: '复检或者异议处理',
  'other-place-opinion': '听取外地意见',
  travel: '在途时间',
  circumstance: '经批准的客观情况',
};

/** The Chinese of a cause; the code itself for one nobody has named. */
export const causeTitle = (cause: string): string => STOP_CAUSES[cause] ?? cause;
