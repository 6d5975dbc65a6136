import { reactive } from 'vue';
import { watchNetwork } from './phone';

/** Whether the phone has a network, and who wants to know when it comes back. */
export const network = reactive({ online: true });

const returning = new Set<() => void>();

/** Answers with how to stop. */
export function whenOnlineAgain(work: () => void): () => void {
  returning.add(work);
  return () => returning.delete(work);
}

export function followNetwork(): void {
  watchNetwork((online) => {
    const back = online && !network.online;
    network.online = online;
    if (back) {
      returning.forEach((work) => work());
    }
  });
}
