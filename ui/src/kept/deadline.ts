// Whether a kept session may be begun now, by what this device knows: the safety check has an end, and the clock that
// measures it must not have been set back. What cannot be told counts as a no.
export type No = "expired" | "clock" | "one_only" | "over" | "gone" | "answered";

export interface Known {
  expires_at: string;
  now: number; // this device's clock, milliseconds
  ahead_ms: number; // by how much it was ahead of the server's when the session came
  latest: number; // the latest time that it ever showed
  begun: string; // the session that was begun since this device was last connected
  session: string;
  barred: boolean;
  ended: boolean;
}

const WOBBLE_MS = 60_000; // clocks that are set by the network move a little

export function mayBegin(known: Known): No | null {
  const until = Date.parse(known.expires_at) + known.ahead_ms;
  if (known.barred) return "answered";
  if (known.ended) return "over";
  if (!Number.isFinite(until) || !Number.isFinite(known.now)) return "expired";
  if (known.now < known.latest - WOBBLE_MS) return "clock";
  if (known.now >= until) return "expired";
  if (known.begun && known.begun !== known.session) return "one_only";
  return null;
}
