import { ApiError } from '@qingfeng/client';

/** Sentences for what a member can do something about; other problems speak for themselves. */
const SENTENCES: Record<string, string> = {
  'roster-no-match': '没有找到对应的党员信息，请核对姓名和手机号；仍不成功请联系本单位管理员。',
  'already-bound': '这个名册条目已绑定另一个微信，可以提交申诉，由所在单位核实。',
  'not-bound': '请先完成身份绑定。',
  'attempt-closed': '答题时间已到，答案不能再修改。',
  'code-expired': '现场码不对或已过期，请向组织者索取新的现场码。',
  'not-registered': '您还没有报名这项活动。',
  'already-checked-in': '您已经签过到了。',
};

/** One plain sentence for a member. */
export function sentenceFor(error: unknown): string {
  if (!(error instanceof ApiError)) {
    return '出了点问题，请再试一次。';
  }
  if (error.status === 0) {
    return '网络不给力，请检查网络后再试。';
  }
  if (SENTENCES[error.kind]) {
    return SENTENCES[error.kind];
  }
  if (error.status === 401) {
    return '登录已过期，请重新登录。';
  }
  if (error.status === 429) {
    return '操作太频繁了，请稍后再试。';
  }
  if (error.status >= 500) {
    return '系统暂时繁忙，请稍后再试。';
  }
  const fields = error.problem.errors?.map((field) => field.message).join('；');
  return fields || error.problem.detail || error.problem.title || '没有成功，请再试一次。';
}

/** No answer, or an answer that says "later": worth trying again by itself. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500);
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}
