import { ApiError, type MemberApi, type Schemas } from '@qingfeng/client';
import { reactive } from 'vue';
import type { Store } from '../platform/ports';
import { isSignedOut } from '../text/problem';

export type Member = Schemas['Member'];
export type Standing = 'unknown' | 'signedOut' | 'unbound' | 'bound';

/** Version of the notice in privacy.ts; the server keeps which one a member agreed to. */
export const PRIVACY_NOTICE = '2026-11';

export interface SessionPorts {
  store: Store;
  api: MemberApi;
  /** A code of wx.login; absent on H5, where a cookie carries the session. */
  loginCode?(): Promise<string>;
}

/** Who is using the phone. */
export class Session {
  readonly view: { standing: Standing; member: Member | undefined };
  private restoring: Promise<void> | undefined;
  private renewing: Promise<boolean> | undefined;

  constructor(private readonly ports: SessionPorts) {
    this.view = reactive({ standing: 'unknown', member: ports.store.get<Member>('member') });
  }

  get token(): string | undefined {
    return this.ports.store.get<string>('token');
  }

  get agreed(): boolean {
    return this.ports.store.get<string>('privacy') === PRIVACY_NOTICE;
  }

  agree(): void {
    this.ports.store.set('privacy', PRIVACY_NOTICE);
  }

  /** Asks the server once who this is. Without a network a member known from before stays one: reading and queues go on. */
  restore(): Promise<void> {
    this.restoring ??= this.ask().finally(() => {
      if (this.view.standing === 'unknown') {
        this.restoring = undefined;
      }
    });
    return this.restoring;
  }

  /** Mini-program login; the member agreed to the notice before. */
  async logIn(): Promise<void> {
    if (!this.ports.loginCode) {
      throw new Error('an H5 page logs in by redirect');
    }
    const session = await this.ports.api.post('/api/v1/sessions', { body: { code: await this.ports.loginCode() } });
    this.ports.store.set('token', session.token);
    this.settle(session.member ?? undefined);
  }

  /** After a 401: a new token without asking, if the member has logged in on this phone before. */
  renew(): Promise<boolean> {
    if (!this.ports.loginCode || !this.token) {
      this.signedOut();
      return Promise.resolve(false);
    }
    this.renewing ??= this.logIn()
      .then(() => true)
      .catch((error) => {
        if (error instanceof ApiError && error.status === 0) {
          throw error;
        }
        this.signedOut();
        return false;
      })
      .finally(() => {
        this.renewing = undefined;
      });
    return this.renewing;
  }

  async bind(proof: { name: string; phoneCode?: string; bindingCode?: string }): Promise<void> {
    this.settle(await this.ports.api.put('/api/v1/me/binding', { body: { ...proof, privacyNotice: PRIVACY_NOTICE } }));
  }

  async unbind(): Promise<void> {
    await this.ports.api.delete('/api/v1/me/binding');
    this.settle(undefined);
  }

  async logOut(): Promise<void> {
    try {
      await this.ports.api.delete('/api/v1/sessions/current');
    } catch (error) {
      if (!isSignedOut(error)) {
        throw error;
      }
    }
    this.signedOut();
  }

  private async ask(): Promise<void> {
    if (this.ports.loginCode && !this.token) {
      this.signedOut();
      return;
    }
    try {
      this.settle((await this.ports.api.get('/api/v1/me')).member ?? undefined);
    } catch (error) {
      if (isSignedOut(error)) {
        this.signedOut();
      } else if (this.view.member) {
        this.view.standing = 'bound';
      } else {
        throw error;
      }
    }
  }

  private settle(member: Member | undefined): void {
    this.view.member = member;
    this.view.standing = member ? 'bound' : 'unbound';
    if (member) {
      this.ports.store.set('member', member);
    } else {
      this.ports.store.remove('member');
    }
  }

  private signedOut(): void {
    this.ports.store.remove('token');
    this.ports.store.remove('member');
    this.view.member = undefined;
    this.view.standing = 'signedOut';
  }
}
