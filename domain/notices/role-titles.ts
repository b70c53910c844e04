/** What a post's role is called in a notice. */
import type { PostRole } from '../kernel/process.ts';

export const ROLE_TITLES: Readonly<Record<PostRole, string>> = {
  'district-leader': '区领导',
  'district-office': '区食药安办',
  'town-head': '镇街主要负责人',
  'town-office': '镇街食安办',
  'community-head': '村社负责人',
  cadre: '包保干部',
  regulator: '市场监管所执法人员',
  'regulator-head': '市场监管所所长',
  'department-head': '部门负责人',
  officer: '部门承办人',
  auditor: '审计员',
  'system-admin': '系统管理员',
  'security-admin': '安全管理员',
  'audit-admin': '审计管理员',
  system: '系统',
};
