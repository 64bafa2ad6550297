// The clients that JavaScript apps use: amazon-cognito-identity-js (SRP) signs up and in, aws-jwt-verify checks the tokens.
// Environment: BASE (the emulator), POOL_ID, CLIENT_ID.
import assert from 'node:assert/strict';
import { JwtRsaVerifier } from 'aws-jwt-verify';
import cognito from 'amazon-cognito-identity-js';
import { lastCode } from './codes.mjs';

const { BASE, POOL_ID, CLIENT_ID } = process.env;
const pool = new cognito.CognitoUserPool({ UserPoolId: POOL_ID, ClientId: CLIENT_ID, endpoint: BASE });

/** A call with a callback of two arguments. */
const called = (work) => new Promise((resolve, reject) =>
  work((error, result) => (error ? reject(error) : resolve(result))));

const bob = new cognito.CognitoUser({ Username: 'bob', Pool: pool });

function signIn(password) {
  return new Promise((resolve, reject) => bob.authenticateUser(
    new cognito.AuthenticationDetails({ Username: 'bob', Password: password }),
    { onSuccess: resolve, onFailure: reject, totpRequired: (name) => resolve({ challenge: name }) }));
}

await called((done) => pool.signUp(
  'bob', 'Passw0rd!', [new cognito.CognitoUserAttribute({ Name: 'email', Value: 'bob@example.com' })], null, done));
await assert.rejects(signIn('Passw0rd!'), { code: 'UserNotConfirmedException' });
await called(async (done) => bob.confirmRegistration(await lastCode('bob'), true, done));
await assert.rejects(signIn('wrong'), { code: 'NotAuthorizedException' });
const session = await signIn('Passw0rd!');
assert.ok(session.isValid());
console.log('ok - signed up, confirmed and signed in by SRP');

const attributes = await called((done) => bob.getUserAttributes(done));
assert.ok(attributes.some((a) => a.getName() === 'email' && a.getValue() === 'bob@example.com'));
await called((done) => bob.changePassword('Passw0rd!', 'Passw0rd!2', done));
const refreshed = await called((done) => bob.refreshSession(session.getRefreshToken(), done));
assert.notEqual(refreshed.getAccessToken().getJwtToken(), session.getAccessToken().getJwtToken());
console.log('ok - read attributes, changed the password, refreshed');

const issuer = `${BASE}/${POOL_ID}`;
const verifier = JwtRsaVerifier.create({
  issuer, audience: null, jwksUri: `${issuer}/.well-known/jwks.json`,
});
for (const token of [refreshed.getIdToken(), refreshed.getAccessToken()]) {
  const keys = await (await fetch(`${issuer}/.well-known/jwks.json`)).json();
  verifier.cacheJwks(keys);
  const claims = await verifier.verify(token.getJwtToken());
  assert.equal(claims.iss, issuer);
}
await assert.rejects(verifier.verify(`${refreshed.getIdToken().getJwtToken().slice(0, -4)}AAAA`));
console.log('ok - aws-jwt-verify believes both tokens and no forged one');

await called((done) => bob.globalSignOut({ onSuccess: (r) => done(null, r), onFailure: done }));
await assert.rejects(called((done) => bob.refreshSession(refreshed.getRefreshToken(), done)), {
  code: 'NotAuthorizedException', message: 'Refresh Token has been revoked',
});
console.log('ok - signed out everywhere');
