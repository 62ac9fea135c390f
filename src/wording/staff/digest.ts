/** The morning digest of the desk (S2-042): figures in plain words. */
export const DIGEST_WORDS = {
  'zh-CN': {
    'digest.title': '☀️ {day} 早报',
    'digest.yesterday': '昨天：新开{opened}张，解决{resolved}张',
    'digest.live': '在办：{statuses}',
    'digest.status': '{status}{count}',
    'digest.live.none': '在办：没有',
    'digest.overdue': '⏰ 过了时限：{count}张',
    'digest.overdue.none': '没有过时限的',
    'digest.visits': '今天上门：{count}次',
    'digest.waiting': '等人工的客户：{count}位',
    'digest.complaints': '没办完的投诉：{count}件',
    'digest.csat': '昨天的满意度：{score}分，{count}位客户打分',
  },
  en: {
    'digest.title': '☀️ Morning of {day}',
    'digest.yesterday': 'Yesterday: {opened} opened, {resolved} resolved',
    'digest.live': 'Live: {statuses}',
    'digest.status': '{count} {status}',
    'digest.live.none': 'Live: none',
    'digest.overdue': '⏰ Overdue: {count}',
    'digest.overdue.none': 'Nothing is overdue',
    'digest.visits': 'Visits today: {count}',
    'digest.waiting': 'Customers waiting for a person: {count}',
    'digest.complaints': 'Open complaints: {count}',
    'digest.csat': 'Satisfaction yesterday: {score} of 5, from {count}',
  },
} as const;
