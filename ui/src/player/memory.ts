// What a killed page needs to go on: the state of the session, and what was not yet told. It stays in this browser until
// the session is over, and is read by nobody else. Times are kept on the wall clock; the page's own clock starts anew.
import { shifted, type State } from "./machine";
import type { Event } from "./telling";

interface Kept {
  state: State;
  untold: Event[];
}

function wallAhead(): number {
  return Date.now() - performance.now();
}

export class Memory {
  constructor(private readonly key: string) {}

  read(): Kept | null {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? "null") as Kept | null;
      return kept && { state: shifted(kept.state, -wallAhead()), untold: kept.untold };
    } catch {
      return null;
    }
  }

  write(state: State, untold: readonly Event[]): void {
    try {
      localStorage.setItem(this.key, JSON.stringify({ state: shifted(state, wallAhead()), untold }));
    } catch {
      // storage is closed to this page: the session goes on, and would not survive a kill
    }
  }

  clear(): void {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // nothing was kept
    }
  }
}
