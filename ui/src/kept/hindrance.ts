// Why a session may not be begun on this device now, from what the device knows; null if it may.
import { mayBegin, type No } from "./deadline";
import { common, run, runs } from "./store";

export async function hindrance(session: string, expires_at: string): Promise<No | null> {
  const [told, own, all] = [await common(), await run(session), await runs()];
  const { ahead_ms = 0, latest = 0, fetched_at = 0, begun = "" } = told ?? {};
  const other = all.find((one) => one.session !== session && one.begun > fetched_at);
  return mayBegin({
    expires_at,
    now: Date.now(),
    ahead_ms,
    latest,
    begun: other?.session ?? begun,
    session,
    barred: all.some((one) => one.barred),
    ended: (own?.ended ?? 0) > 0,
  });
}
