// Chromium with one page as wide as a telephone, for the scripts that drive the OAuth2 pages.
// Environment: SHOTS (a folder for screenshots, or none), CHROMIUM (its program, unless it is Debian's).
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const { SHOTS, CHROMIUM = '/usr/bin/chromium' } = process.env;

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--no-first-run'],
});
export const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
export const page = await context.newPage();
page.setDefaultTimeout(10_000);
const complaints = [];
page.on('pageerror', (error) => complaints.push(String(error)));
page.on('console', (message) => {
  if (message.type() === 'error' && !/favicon|status of 40[0-9]/.test(message.text())) complaints.push(message.text());
});

/** Does the work, which must leave the browser nothing to complain about, and closes the browser. */
export async function inBrowser(work) {
  try {
    await work();
    assert.deepEqual(complaints, []);
  } finally {
    await browser.close();
  }
}

/** A step of the work; if it fails, the page tells why. */
export async function step(name, work) {
  try {
    await work();
  } catch (error) {
    console.log(`not ok - ${name}\n${page.url()}\n${await page.locator('body').innerText()}\n${complaints}`);
    throw error;
  }
  console.log(`ok - ${name}`);
}

export async function screenshot(name) {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` });
}
