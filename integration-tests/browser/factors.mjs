// The pages for passkeys, one-time codes, authenticator apps and temporary passwords, in a real browser with a virtual authenticator.
// Environment: BASE (the emulator), CLIENT_ID (whose users choose how to sign in), MFA_CLIENT_ID (whose users need an authenticator
// app), APP (where the application listens), and that of browser.mjs.
import assert from 'node:assert/strict';
import { context, inBrowser, page, screenshot, step } from './browser.mjs';
import { lastCode, totp } from './codes.mjs';

const { BASE, CLIENT_ID, MFA_CLIENT_ID, APP } = process.env;
const callback = `${APP}/callback`;

const url = (path, client, more = {}) => `${BASE}${path}?${new URLSearchParams({
  client_id: client, redirect_uri: callback, response_type: 'code', scope: 'openid', state: 's', ...more })}`;

async function back() {
  await page.waitForURL(`${callback}*`);
  const answer = new URL(page.url()).searchParams;
  assert.ok(answer.get('code'), page.url());
  assert.equal(answer.get('state'), 's');
}

async function shot(name, heading) {
  await page.getByRole('heading', { name: heading, exact: true }).waitFor();
  const faults = await page.evaluate(() => [
    document.querySelectorAll('h1').length === 1 ? '' : 'not one heading',
    document.documentElement.scrollWidth > innerWidth ? 'wider than the window' : '',
    ...[...document.querySelectorAll('input:not([type=hidden])')].map(
      (field) => (field.labels.length === 1 ? '' : `no label for ${field.name}`)),
  ].filter(Boolean));
  assert.deepEqual(faults, []);
  await screenshot(name);
}

const button = (name) => page.getByRole('button', { name });

async function nameOneself(username) {
  await page.goto(url('/oauth2/authorize', CLIENT_ID));
  await page.getByLabel('Username').fill(username);
  await button('Next').click();
}

await inBrowser(async () => {
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
    },
  });

  await step('somebody without a password signs up, asks for a second code, and comes in by a code from then on', async () => {
    await page.goto(url('/signup', CLIENT_ID));
    await page.getByLabel('Username').fill('carol');
    await page.getByLabel('Email').fill('carol@example.com');
    await button('Sign up').click();
    const first = await lastCode('carol');
    await button('Send a new code').click();
    assert.notEqual(await lastCode('carol'), first);
    await page.getByLabel('Code').fill(await lastCode('carol'));
    await page.keyboard.press('Enter');
    await back();
    await context.clearCookies();
    await nameOneself('carol');
    await shot('code', 'Verify it is you');
    await page.getByLabel('Code').fill(await lastCode('carol'));
    await page.keyboard.press('Enter');
    await back();
  });

  await step('a passkey is added', async () => {
    await page.goto(url('/passkeys/add', CLIENT_ID));
    await shot('passkey-add', 'Add a passkey');
    await button('Create a passkey').click();
    await back();
    const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
    assert.equal(credentials.length, 1);
    assert.equal(credentials[0].rpId, 'localhost');
  });

  await step('and signs in', async () => {
    await context.clearCookies();
    await nameOneself('carol');
    await shot('choice', 'Choose how to sign in');
    await button('Sign in with passkey').click();
    await shot('passkey', 'Sign in');
    await button('Use your passkey').click();
    await back();
  });

  await step('another authenticator does not', async () => {
    await context.clearCookies();
    await devtools.send('WebAuthn.clearCredentials', { authenticatorId });
    await nameOneself('carol');
    await button('Sign in with passkey').click();
    await button('Use your passkey').click();
    await page.getByText('The passkey could not be used').waitFor();
    assert.ok(page.url().startsWith(BASE));
    await page.getByRole('link', { name: 'Sign in another way' }).click();
    await page.getByLabel('Username').waitFor();
  });

  await step('a temporary password is replaced, and an authenticator app set up', async () => {
    await page.goto(url('/oauth2/authorize', MFA_CLIENT_ID, { login_hint: 'dave' }));
    assert.equal(await page.getByLabel('Username').inputValue(), 'dave');
    await page.getByLabel('Password').fill('Temp0rary!');
    await page.keyboard.press('Enter');
    await shot('new-password', 'Change your password');
    await page.getByLabel('New password').fill('Passw0rd!');
    await page.keyboard.press('Enter');
    await shot('mfa-setup', 'Set up your authenticator app');
    const key = await page.locator('code').innerText();
    await page.getByLabel('Code').fill(await totp(key));
    await page.keyboard.press('Enter');
    await back();
    await context.clearCookies();
    await page.goto(url('/oauth2/authorize', MFA_CLIENT_ID));
    await page.getByLabel('Username').fill('dave');
    await page.getByLabel('Password').fill('Passw0rd!');
    await page.keyboard.press('Enter');
    await shot('mfa', 'Verify it is you');
    await page.getByLabel('Code').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Invalid code received for user').waitFor();
  });
});
