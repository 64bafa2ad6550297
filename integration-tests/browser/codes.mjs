// The codes that people are sent, or read from their authenticator app. Environment: BASE (the emulator).
import { createHmac } from 'node:crypto';

const { BASE } = process.env;

/** The last code that was sent to somebody. */
export async function lastCode(username) {
  const { messages } = await (await fetch(`${BASE}/_pileus/cognito/messages?username=${username}`)).json();
  return messages.at(-1).code;
}

/** The code of an authenticator app (RFC 6238), by the emulator's time. */
export async function totp(base32) {
  const bits = [...base32.replace(/=+$/, '')]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const { now } = await (await fetch(`${BASE}/_pileus/clock`)).json();
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.parse(now) / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const number = mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** Moves the emulator's time, such as by `30s`. */
export const advance = (by) => fetch(`${BASE}/_pileus/clock`, { method: 'POST', body: JSON.stringify({ advance: by }) });
