/** What each kind of problem of a plan means to whoever confirms it: what happens if the cycle is started so. */
import type { PlanProblemCode } from '../domain/supervision/plan-problems.ts';

interface KindWords {
  readonly title: string;
  /** 照此启动会怎样。 */
  readonly then: string;
  /** Must be dealt with, or its consequence is accepted; otherwise it is good to know. */
  readonly grave: boolean;
}

export const KIND_WORDS: Readonly<Record<PlanProblemCode, KindWords>> = {
  vacancy: { title: '岗位空缺', then: '无人可派。启动后由上级收件,期限照走', grave: true },
  unbound: { title: '未建立包保关系', then: '不能开轮次。已另开「落实包保」,各有期限', grave: true },
  'frequency-unset': { title: '督导频次未录入', then: '这一类主体不会产生走访任务', grave: true },
  absence: { title: '期内缺席', then: '提醒发给代理人;没有代理的仍发本人,无人代办', grave: false },
  'no-pledge': { title: '承诺书未签', then: '可开轮次。「签订承诺书」义务已在走,另计', grave: false },
  'already-in-period': { title: '轮次已存在', then: '保留原轮次,不重复开', grave: false },
  'more-than-one-a-period': { title: '一期内应走访多次', then: '本轮次只计一次;多出的须另行安排', grave: false },
  'no-superior': { title: '没有上级岗位', then: '超期时直接报区食药安办', grave: false },
  'provisional-calendar': { title: '到期日暂定', then: '放假安排公布后重算,只通知日期有变的人', grave: false },
};
