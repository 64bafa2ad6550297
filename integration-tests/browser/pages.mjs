// The OAuth2 pages in a real browser: sign up, sign in, forgotten password, errors, sign out; by an OAuth2 client library.
// Environment: BASE (the emulator), ISSUER, CLIENT_ID, APP (where the application listens), and that of browser.mjs.
import assert from 'node:assert/strict';
import * as oauth from 'oauth4webapi';
import { context, inBrowser, page, screenshot, step } from './browser.mjs';
import { lastCode } from './codes.mjs';

const { BASE, ISSUER, CLIENT_ID, APP } = process.env;
const callback = `${APP}/callback`;
const insecure = { [oauth.allowInsecureRequests]: true };
const client = { client_id: CLIENT_ID };

const issuer = new URL(ISSUER);
const server = await oauth
  .discoveryRequest(issuer, { ...insecure, algorithm: 'oidc' })
  .then((response) => oauth.processDiscoveryResponse(issuer, response));

async function authorization(more = {}) {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const nonce = oauth.generateRandomNonce();
  const url = new URL(server.authorization_endpoint);
  const parameters = {
    client_id: CLIENT_ID, redirect_uri: callback, response_type: 'code', scope: 'openid email', state, nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...more,
  };
  Object.entries(parameters).forEach(([name, value]) => url.searchParams.set(name, value));
  return { url: url.href, verifier, state, nonce };
}

/** What every page must be: titled, with one heading, labelled fields, no sideways scrolling. */
async function accessible(shot) {
  const faults = await page.evaluate(() => {
    const found = [];
    if (document.documentElement.lang !== 'en') found.push('no language');
    if (!document.title) found.push('no title');
    if (document.querySelectorAll('h1').length !== 1) found.push('not one heading');
    if (!document.querySelector('main')) found.push('no main landmark');
    for (const field of document.querySelectorAll('input:not([type=hidden]), select')) {
      if (field.labels.length !== 1) found.push(`no label for ${field.name}`);
      if (!field.autocomplete && field.tagName === 'INPUT') found.push(`no autocomplete for ${field.name}`);
    }
    if (document.documentElement.scrollWidth > innerWidth) found.push('wider than the window');
    if (document.querySelector('script')) found.push('a script');
    return found;
  });
  assert.deepEqual(faults, [], `${page.url()}: ${faults}`);
  await screenshot(shot);
}

async function tokens(flow) {
  await page.waitForURL(`${callback}*`);
  const answer = oauth.validateAuthResponse(server, client, new URL(page.url()), flow.state);
  const response = await oauth.authorizationCodeGrantRequest(
    server, client, oauth.None(), answer, callback, flow.verifier, insecure);
  return oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: flow.nonce, requireIdToken: true,
  });
}

await inBrowser(async () => {
  let session;

  await step('a new user signs up, confirms and comes back with a code that PKCE protects', async () => {
    const flow = await authorization();
    await page.goto(flow.url);
    await accessible('login');
    await page.getByRole('link', { name: 'Sign up' }).click();
    await accessible('signup');
    await page.getByLabel('Username').fill('alice');
    await page.getByLabel('email').fill('alice@example.com');
    await page.getByLabel('Password').fill('short1A!'.slice(0, 5));
    await page.getByRole('button', { name: 'Sign up' }).click();
    assert.match(await page.getByRole('alert').innerText(), /Password not long enough/);
    await accessible('signup-error');
    await page.getByLabel('Username').fill('alice');
    await page.getByLabel('email').fill('alice@example.com');
    await page.getByLabel('Password').fill('Passw0rd!');
    await page.keyboard.press('Enter');
    await page.getByLabel('Code').waitFor();
    await accessible('confirm');
    await page.getByLabel('Code').fill('000000');
    await page.getByRole('button', { name: 'Confirm' }).click();
    assert.match(await page.getByRole('alert').innerText(), /Invalid verification code provided/);
    await page.getByLabel('Code').fill(await lastCode('alice'));
    await page.getByRole('button', { name: 'Confirm' }).click();
    session = await tokens(flow);
    assert.equal(oauth.getValidatedIdTokenClaims(session)['cognito:username'], 'alice');
  });

  await step('the access token opens the user info', async () => {
    const claims = oauth.getValidatedIdTokenClaims(session);
    const info = await oauth.userInfoRequest(server, client, session.access_token, insecure)
      .then((response) => oauth.processUserInfoResponse(server, client, claims.sub, response));
    assert.equal(info.email, 'alice@example.com');
    assert.equal(info.username, 'alice');
  });

  await step('who is signed in already comes back without a page', async () => {
    const flow = await authorization();
    await page.goto(flow.url);
    assert.equal(oauth.getValidatedIdTokenClaims(await tokens(flow))['cognito:username'], 'alice');
  });

  await step('a refresh token gives new tokens until it is revoked', async () => {
    const refresh = () => oauth.refreshTokenGrantRequest(
      server, client, oauth.None(), session.refresh_token, insecure);
    const fresh = await refresh().then((response) => oauth.processRefreshTokenResponse(server, client, response));
    assert.notEqual(fresh.access_token, session.access_token);
    await oauth.revocationRequest(server, client, oauth.None(), session.refresh_token, insecure)
      .then((response) => oauth.processRevocationResponse(response));
    await assert.rejects(
      refresh().then((response) => oauth.processRefreshTokenResponse(server, client, response)),
      (error) => error.error === 'invalid_grant');
  });

  await step('signing out leads to the application, and nobody is signed in then', async () => {
    await page.goto(`${BASE}/logout?client_id=${CLIENT_ID}&logout_uri=${encodeURIComponent(`${APP}/bye`)}`);
    assert.equal(page.url(), `${APP}/bye`);
    await page.goto((await authorization({ prompt: 'none' })).url);
    assert.match(page.url(), /[?&]error=login_required/);
  });

  await step('a wrong password is said on the page, and the right one signs in', async () => {
    const flow = await authorization();
    await page.goto(flow.url);
    await page.getByLabel('Username').fill('alice');
    await page.getByLabel('Password').fill('wrong');
    await page.keyboard.press('Enter');
    assert.equal(await page.getByRole('alert').innerText(), 'Incorrect username or password.');
    await accessible('login-error');
    await page.getByLabel('Username').fill('alice');
    await page.getByLabel('Password').fill('Passw0rd!');
    await page.keyboard.press('Enter');
    await tokens(flow);
    await context.clearCookies();
  });

  await step('a forgotten password is replaced with a code', async () => {
    const flow = await authorization();
    await page.goto(flow.url);
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await accessible('forgot');
    await page.getByLabel('Username').fill('alice');
    await page.getByRole('button', { name: 'Send a code' }).click();
    await accessible('reset');
    await page.getByLabel('Code').fill(await lastCode('alice'));
    await page.getByLabel('New password').fill('N3wPassw0rd!');
    await page.getByRole('button', { name: 'Change password' }).click();
    assert.equal(await page.getByRole('status').innerText(), 'Your password has been changed.');
    await page.getByLabel('Username').fill('alice');
    await page.getByLabel('Password').fill('N3wPassw0rd!');
    await page.keyboard.press('Enter');
    await tokens(flow);
    await context.clearCookies();
  });

  await step('a scope that the client lacks is an error at the application', async () => {
    const flow = await authorization({ scope: 'openid phone' });
    await page.goto(flow.url);
    const answer = new URL(page.url());
    assert.equal(answer.origin + answer.pathname, callback);
    assert.equal(answer.searchParams.get('error'), 'invalid_request');
    assert.equal(answer.searchParams.get('error_description'), 'invalid_scope');
    assert.equal(answer.searchParams.get('state'), flow.state);
  });

  await step('an unknown redirect URI stays on an error page', async () => {
    await page.goto((await authorization({ redirect_uri: 'https://evil.example.com/' })).url);
    assert.ok(page.url().startsWith(BASE));
    assert.match(await page.getByRole('alert').innerText(), /redirect_mismatch/);
    await accessible('error');
  });

  await step('a form without its cookie is refused', async () => {
    await page.goto((await authorization()).url);
    await context.clearCookies();
    await page.getByLabel('Username').fill('alice');
    await page.getByLabel('Password').fill('N3wPassw0rd!');
    await page.keyboard.press('Enter');
    assert.match(await page.getByRole('alert').innerText(), /form has expired/);
  });
});
