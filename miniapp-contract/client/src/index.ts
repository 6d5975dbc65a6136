import type { components, paths } from '../generated/member';

export type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];

type Method = 'get' | 'put' | 'post' | 'delete';
type PathsOf<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, object> ? P : never }[keyof paths];
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never;
type Json<R> = R extends { content: { 'application/json': infer T } } ? T : void;
type Answer<O> = O extends { responses: infer R } ? Json<R[keyof R & (200 | 201 | 204)]> : never;
type Body<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? { body: B } : { body?: undefined };
type Part<P, K extends string> = K extends keyof P ? (P[K] extends undefined ? unknown : Pick<P, K & keyof P>) : unknown;
type Params<O> = O extends { parameters: infer P } ? Part<P, 'path'> & Part<P, 'query'> : unknown;
export type Arguments<P extends keyof paths, M extends Method> = Body<Operation<P, M>> & Params<Operation<P, M>> & { headers?: Record<string, string> };
type Optional<A> = object extends A ? [args?: A] : [args: A];

export interface Request {
  url: string;
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  headers: Record<string, string>;
  body?: unknown;
}

/** Carries one request; rejects when no answer came. */
export type Transport = (request: Request) => Promise<{ status: number; body: unknown }>;

/** Status 0: the network gave no answer. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Partial<Problem>,
  ) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
  }

  /** The last part of the problem's type, such as `attempt-closed`. */
  get kind(): string {
    return this.problem.type?.replace('urn:qingfeng:problem:', '') ?? '';
  }
}

export type MemberApi = ReturnType<typeof createMemberApi>;

export function createMemberApi(base: string, transport: Transport, headers: (method: Request['method']) => Record<string, string>) {
  async function run(name: Method, path: string, args: Record<string, any> = {}): Promise<any> {
    const method = name.toUpperCase() as Request['method'];
    const query = Object.entries(args.query ?? {}).filter(([, value]) => value !== undefined && value !== null);
    const pairs = query.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
    const url = base + path.replace(/\{(\w+)\}/g, (_, key) => encodeURIComponent(String(args.path[key]))) + (pairs.length ? `?${pairs.join('&')}` : '');
    const answer = await transport({ url, method, headers: { Accept: 'application/json, application/problem+json', ...headers(method), ...args.headers }, body: args.body }).catch((error) => {
      throw new ApiError(0, { detail: String(error?.message ?? error?.errMsg ?? error) });
    });
    if (answer.status >= 200 && answer.status < 300) {
      return answer.body;
    }
    throw new ApiError(answer.status, typeof answer.body === 'object' && answer.body ? answer.body : {});
  }
  return {
    get: <P extends PathsOf<'get'>>(path: P, ...args: Optional<Arguments<P, 'get'>>): Promise<Answer<Operation<P, 'get'>>> => run('get', path, args[0]),
    put: <P extends PathsOf<'put'>>(path: P, ...args: Optional<Arguments<P, 'put'>>): Promise<Answer<Operation<P, 'put'>>> => run('put', path, args[0]),
    post: <P extends PathsOf<'post'>>(path: P, ...args: Optional<Arguments<P, 'post'>>): Promise<Answer<Operation<P, 'post'>>> => run('post', path, args[0]),
    delete: <P extends PathsOf<'delete'>>(path: P, ...args: Optional<Arguments<P, 'delete'>>): Promise<Answer<Operation<P, 'delete'>>> => run('delete', path, args[0]),
  };
}
