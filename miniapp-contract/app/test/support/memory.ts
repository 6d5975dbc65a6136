import type { Store } from '../../src/platform/ports';

/** A phone's storage: what goes in comes out as JSON would have it. */
export function memory(): Store & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    get: (key) => (entries.has(key) ? JSON.parse(entries.get(key)!) : undefined),
    set: (key, value) => void entries.set(key, JSON.stringify(value)),
    remove: (key) => void entries.delete(key),
  };
}
