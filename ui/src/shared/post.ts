// The server has understood and says no: sending it again changes nothing.
export class Refused extends Error {}

// One way to tell the server something. Resolves only when the server has said that it is stored.
export async function post(url: string, body: unknown): Promise<Response> {
  const answer = await fetch(url, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() },
    body: JSON.stringify(body),
  });
  if ([400, 403, 404, 409, 422].includes(answer.status)) throw new Refused(`the server answered ${answer.status}`);
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return answer;
}

// What shows the server that a request comes from one of our own pages.
export function csrf(): string {
  return document.cookie.match(/(?:^|; )unknot_csrf=([^;]+)/)?.[1] ?? "";
}

// UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits.
export function uuid7(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
