/** Every right there is, with its Chinese name and what it lets a post do. One word a thing; the table says who has which. */

export const RIGHTS = {
  'todo.read': ['我的待办', '看等本岗位办的事、自己办过的、抄送自己的'],
  'absence.set': ['缺席与代理', '登记自己的缺席并指定代理人'],
  'case.read': ['查看案件', '看案件的状态、时限、文书和经过'],
  'case.act': ['办理案件', '对案件办一步;每一步还须符合该案件的规则'],
  'case.open': ['立新案件', '登记新的案件'],
  'round.work': ['走访', '按轮次走访主体并记录'],
  'cycle.read': ['查看督导', '看督导周期、进度、三率和热力图'],
  'cycle.start': ['启动督导', '预览并启动督导周期'],
  'rates.read': ['查看三率', '看三率并逐项展开到编号'],
  'overview.read': ['总览', '看本辖区的总体情况'],
  'register.read': ['查看名册', '看单位、岗位、人员和主体'],
  'register.change': ['变更名册', '变更岗位、任职、包保关系和主体'],
  'register.import': ['导入名册', '导入名册表格并确认'],
  'contact.read': ['查看联系方式', '看人员的电话和邮箱'],
  'office.read': ['查看日历与规则', '看放假日历、规则、阶梯和区政策'],
  'calendar.publish': ['发布日历', '发布新的放假日历'],
  'policy.publish': ['发布区政策', '修改并发布区政策数值'],
  'ladder.publish': ['发布阶梯', '修改并发布提醒与升级阶梯'],
  'notice.read': ['查看通知', '看通知台账'],
  'notice.requeue': ['重发通知', '把没有送到的通知重新排队'],
  'evidence.read': ['查看证据', '下载佐证材料'],
  'evidence.write': ['上传证据', '上传佐证材料'],
  'export.make': ['导出', '把列表导出为表格'],
  'view.save': ['保存视图', '保存自己的筛选条件'],
  'journal.search': ['检索流水', '跨案件检索流水、被拒的办理和核对点'],
  'journal.verify': ['核验流水', '核验流水是否完整、可重算、可重判'],
  'access-log.read': ['查看访问记录', '看谁读了敏感数据、谁被拒绝'],
  'security-log.read': ['查看登录记录', '看登录、登出、锁定和账号变动'],
  'account.read': ['查看账号', '看账号的名单和状况'],
  'account.manage': ['管理账号', '建立、停用账号,重置密码'],
  'account.unlock': ['解锁账号', '解除锁定,取消第二因素'],
  'session.revoke': ['结束会话', '结束他人的登录会话'],
  'system.read': ['查看系统', '看各组成部分的状况与积压'],
  'system.operate': ['运维', '让停住的案件驱动再试'],
} as const satisfies Readonly<Record<string, readonly [title: string, says: string]>>;

export type Right = keyof typeof RIGHTS;

export const RIGHT_NAMES = Object.keys(RIGHTS) as readonly Right[];

/** How far a right reaches, from nearest to farthest. Each includes what lies nearer. */
export const SCOPES = {
  own: ['本岗位', '由本岗位承办、经手、收到通知,或者主体由本岗位包保的'],
  subtree: ['本单位及下级', '本单位和所有下级单位的'],
  district: ['全区', '全区的'],
} as const satisfies Readonly<Record<string, readonly [title: string, says: string]>>;

export type Scope = keyof typeof SCOPES;
