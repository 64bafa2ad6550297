// amazon-cognito-identity-js where the pool remembers devices and a Lambda function asks questions of its own.
// Environment: BASE (the emulator), POOL_ID, CLIENT_ID (whose users alice and bob have the password Passw0rd!; the pool asks users
// whether to remember their device, and devices that it knows for no second factor; to a custom challenge the answer is 4).
import assert from 'node:assert/strict';
import cognito from 'amazon-cognito-identity-js';
import { advance, totp } from './codes.mjs';

const { BASE, POOL_ID, CLIENT_ID } = process.env;
const pool = new cognito.CognitoUserPool({ UserPoolId: POOL_ID, ClientId: CLIENT_ID, endpoint: BASE });

const somebody = (name) => new cognito.CognitoUser({ Username: name, Pool: pool });

/** A call with onSuccess and onFailure, and more callbacks; answers what the first of them is told. */
const called = (work, more = {}) => new Promise((resolve, reject) => work({ onSuccess: resolve, onFailure: reject, ...more }));

/** Signs in; answers whether the device must be confirmed, and which second factor was asked for. */
async function signIn(user, secret) {
  let factor;
  const details = new cognito.AuthenticationDetails({ Username: user.getUsername(), Password: 'Passw0rd!' });
  const toConfirm = await new Promise((resolve, reject) => user.authenticateUser(details, {
    onSuccess: (session, confirm) => resolve(confirm),
    onFailure: reject,
    totpRequired: async (name) => {
      factor = name;
      await advance('30s');
      user.sendMFACode(await totp(secret), { onSuccess: (session, confirm) => resolve(confirm), onFailure: reject }, name);
    },
  }));
  return { toConfirm, factor };
}

const alice = somebody('alice');
assert.deepEqual(await signIn(alice), { toConfirm: true, factor: undefined });
const secret = await called((callbacks) => alice.associateSoftwareToken({ ...callbacks, associateSecretCode: callbacks.onSuccess }));
await called(async (callbacks) => alice.verifySoftwareToken(await totp(secret), 'app', callbacks));
await new Promise((resolve, reject) => alice.setUserMfaPreference(
  null, { PreferredMfa: true, Enabled: true }, (error, result) => (error ? reject(error) : resolve(result))));
assert.equal((await signIn(alice, secret)).factor, 'SOFTWARE_TOKEN_MFA', 'a device that is not remembered is nobody');
console.log('ok - a new device is confirmed, and asked for a second factor');

await called((callbacks) => alice.setDeviceStatusRemembered(callbacks));
assert.equal((await signIn(alice, secret)).factor, undefined);
const { Device: device } = await called((callbacks) => alice.getDevice(callbacks));
const remembered = device.DeviceAttributes.find((a) => a.Name === 'dev:device_remembered_status');
assert.equal(remembered.Value, 'remembered');
assert.match(alice.getSignInUserSession().getAccessToken().decodePayload().device_key, /^us-east-1_/);
const { Devices: devices } = await called((callbacks) => alice.listDevices(10, null, callbacks));
assert.ok(devices.some((d) => d.DeviceKey === device.DeviceKey));
console.log('ok - a remembered device proves itself in the place of the second factor');

await called((callbacks) => alice.setDeviceStatusNotRemembered(callbacks));
assert.equal((await signIn(alice, secret)).factor, 'SOFTWARE_TOKEN_MFA');
await called((callbacks) => alice.setDeviceStatusRemembered(callbacks));
assert.equal((await signIn(alice, secret)).factor, undefined);
await called((callbacks) => alice.forgetDevice(callbacks));
assert.deepEqual(await signIn(alice, secret), { toConfirm: true, factor: 'SOFTWARE_TOKEN_MFA' });
console.log('ok - one that is forgotten begins anew');

const bob = somebody('bob');
const questions = [];
function answer(given) {
  bob.setAuthenticationFlowType('CUSTOM_AUTH');
  return called((callbacks) => bob.initiateAuth(new cognito.AuthenticationDetails({ Username: 'bob' }), {
    ...callbacks,
    customChallenge: (parameters) => {
      questions.push(parameters.question);
      bob.sendCustomChallengeAnswer(given, callbacks);
    },
  }));
}
await assert.rejects(answer('5'), { code: 'NotAuthorizedException', message: 'Incorrect username or password.' });
assert.ok((await answer('4')).isValid());
assert.deepEqual(questions, ['2 + 2', '2 + 2']);
console.log('ok - a custom challenge is answered');
