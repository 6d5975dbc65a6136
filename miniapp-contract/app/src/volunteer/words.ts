import type { Schemas } from '@qingfeng/client';

export const EVENT_WORDS: Record<Schemas['EventState'], string> = { upcoming: '未开始', ongoing: '进行中', past: '已结束', cancelled: '已取消' };

export function registrationWords(registration: Schemas['Registration']): string {
  return registration.state === 'CONFIRMED' ? '已报名' : `候补第 ${registration.position} 位`;
}

export const KIND_NAMES: Record<Schemas['CheckInKind'], string> = { IN: '签到', OUT: '签退' };
