import { ApiError, type Schemas } from '@qingfeng/client';
import { reactive } from 'vue';
import type { Store } from '../platform/ports';
import { sentenceFor } from '../text/problem';

type Item = Schemas['OfflineCheckIn'];
type Outcome = Schemas['CheckInOutcome'];

/** A check-in that has not reached the server; with a refusal it never will, and the member is told why. */
export interface KeptCheckIn extends Item {
  memberId: string;
  title: string;
  refusal?: string;
}

export interface CheckInPorts {
  store: Store;
  /** Who is logged in: a phone that changes hands must not upload the one's check-ins as the other's. */
  memberId(): string | undefined;
  upload(items: Item[]): Promise<Outcome[]>;
}

const KEY = 'check-ins';
const BATCH = 50;

/** Check-ins made without a network: kept on the phone, uploaded any number of times, recorded once (by their id). */
export class CheckInQueue {
  readonly view: { items: KeptCheckIn[] };
  private uploading: Promise<number> | undefined;

  constructor(private readonly ports: CheckInPorts) {
    this.view = reactive({ items: ports.store.get<KeptCheckIn[]>(KEY) ?? [] });
  }

  add(item: KeptCheckIn): void {
    if (!this.view.items.some((kept) => kept.id === item.id)) {
      this.view.items.push(item);
      this.keep();
    }
  }

  dismiss(id: string): void {
    this.view.items = this.view.items.filter((item) => item.id !== id);
    this.keep();
  }

  mine(): KeptCheckIn[] {
    const member = this.ports.memberId();
    return this.view.items.filter((item) => item.memberId === member);
  }

  waiting(eventId?: string): KeptCheckIn[] {
    return this.mine().filter((item) => item.refusal === undefined && (eventId === undefined || item.eventId === eventId));
  }

  /** How many were recorded. Rejects when the server could not be asked; everything stays then. */
  upload(): Promise<number> {
    this.uploading ??= this.uploadAll().finally(() => {
      this.uploading = undefined;
    });
    return this.uploading;
  }

  private async uploadAll(): Promise<number> {
    let recorded = 0;
    for (let batch = this.waiting().slice(0, BATCH); batch.length; batch = this.waiting().slice(0, BATCH)) {
      const outcomes = await this.ports.upload(batch.map(({ id, eventId, kind, code, at }) => ({ id, eventId, kind, code, at })));
      const before = this.waiting().length;
      recorded += outcomes.filter((outcome) => this.settle(outcome)).length;
      this.keep();
      if (this.waiting().length === before) {
        break; // an answer that names none of them must not loop for ever
      }
    }
    return recorded;
  }

  private settle({ id, state, problem }: Outcome): boolean {
    if (state !== 'REFUSED' || problem?.type === 'urn:qingfeng:problem:already-checked-in') {
      this.dismiss(id);
      return state !== 'REFUSED';
    }
    const item = this.view.items.find((kept) => kept.id === id);
    if (item) {
      item.refusal = sentenceFor(new ApiError(problem?.status ?? 409, problem ?? {}));
    }
    return false;
  }

  private keep(): void {
    if (this.view.items.length) {
      this.ports.store.set(KEY, this.view.items);
    } else {
      this.ports.store.remove(KEY);
    }
  }
}

/** The six digits in what was typed or scanned (a code may be scanned as a link that carries it). */
export function presenceCode(text: string): string | undefined {
  const digits = text.replace(/[\s-]/g, '').replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  return /^\d{6}$/.test(digits) ? digits : /[?&#/]code=(\d{6})(?:\D|$)/.exec(digits)?.[1];
}
