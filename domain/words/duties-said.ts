/** What happened in a duty to bind or to sign, one sentence an event. */
import type { BindingDutyEvent } from '../supervision/binding-duty.ts';
import type { PledgeDutyEvent } from '../supervision/pledge-duty.ts';
import type { Sentences } from './speaker.ts';

const CAUSES = {
  opened: '新开办',
  'moved-class': '调整层级',
  'cadre-left': '包保干部离任',
  moved: '迁址',
  missing: '核对时发现未建立包保',
} as const;

export const bindingDutySaid: Sentences<BindingDutyEvent> = {
  opened: ({ subject, cause, since, holder, reportedLate }, say) => {
    const by = holder === null ? '名册中无承办岗位' : `由${say.post(holder)}落实`;
    return `${say.subject(subject)}自 ${since} 起没有包保干部(${CAUSES[cause]}),${by}${reportedLate ? ';报告迟于规定' : ''}`;
  },
  bound: ({ post }, say) => `已落实包保:${say.post(post)}`,
  'subject-closed': () => '主体注销,无须再落实',
  overdue: () => '期限届满未落实,记为超期,长期保留',
  'overdue-annulled': () => '撤销超期认定:按后来公布的日历当时未到期',
};

export const pledgeDutySaid: Sentences<PledgeDutyEvent> = {
  opened: ({ post, person, version }, say) => `${say.person(person)}任${say.post(post)},须签订承诺书(版本 ${version})`,
  signed: ({ signedOn }) => `承诺书已于 ${signedOn} 签订`,
  left: () => '已离任,无须再签',
  overdue: () => '期限届满未签,记为超期,长期保留',
  'overdue-annulled': () => '撤销超期认定:按后来公布的日历当时未到期',
};
