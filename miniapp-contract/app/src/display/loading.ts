import { reactive, shallowRef, type ShallowRef } from 'vue';
import { sentenceFor } from '../text/problem';

export interface Loading<T> {
  readonly data: ShallowRef<T | undefined>;
  readonly view: { state: 'loading' | 'ready' | 'failed'; problem: string };
  /** Shows the skeleton only when there is nothing to show yet; a failed refresh keeps what is there. */
  load(): Promise<void>;
}

export function loading<T>(fetch: () => Promise<T>): Loading<T> {
  const data = shallowRef<T>();
  const view = reactive<Loading<T>['view']>({ state: 'loading', problem: '' });
  let turn = 0;
  async function load() {
    const mine = ++turn;
    if (data.value === undefined) {
      view.state = 'loading';
    }
    try {
      const fetched = await fetch();
      if (mine === turn) {
        data.value = fetched;
        view.state = 'ready';
        view.problem = '';
      }
    } catch (error) {
      if (mine === turn) {
        view.problem = sentenceFor(error);
        view.state = data.value === undefined ? 'failed' : 'ready';
      }
    }
  }
  return { data, view, load };
}
