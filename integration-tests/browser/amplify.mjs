// AWS Amplify's Auth as a web app uses it: a guest, signing up, SRP, an authenticator app, AWS credentials, a forgotten password.
// Environment: BASE (the emulator), POOL_ID, CLIENT_ID, IDENTITY_POOL_ID (which lets guests in).
import assert from 'node:assert/strict';
import { Amplify } from 'aws-amplify';
import * as auth from 'aws-amplify/auth';
import { advance, lastCode, totp } from './codes.mjs';

const { BASE, POOL_ID, CLIENT_ID, IDENTITY_POOL_ID } = process.env;
Amplify.configure({
  Auth: {
    Cognito: {
      userPoolId: POOL_ID,
      userPoolClientId: CLIENT_ID,
      identityPoolId: IDENTITY_POOL_ID,
      userPoolEndpoint: BASE,
      identityPoolEndpoint: BASE,
      allowGuestAccess: true,
    },
  },
});

const username = 'carol';
const password = 'Passw0rd!';

const guest = await auth.fetchAuthSession();
assert.ok(guest.credentials.sessionToken);
assert.equal(guest.tokens, undefined);
console.log('ok - a guest has AWS credentials');

const signedUp = await auth.signUp({
  username, password, options: { userAttributes: { email: 'carol@example.com', given_name: 'Carol' } },
});
assert.equal(signedUp.nextStep.signUpStep, 'CONFIRM_SIGN_UP');
assert.equal(signedUp.nextStep.codeDeliveryDetails.deliveryMedium, 'EMAIL');
assert.equal((await auth.signIn({ username, password })).nextStep.signInStep, 'CONFIRM_SIGN_UP');
await assert.rejects(auth.confirmSignUp({ username, confirmationCode: '000000' }), { name: 'CodeMismatchException' });
assert.equal((await auth.confirmSignUp({ username, confirmationCode: await lastCode(username) })).isSignUpComplete, true);
await assert.rejects(auth.signUp({ username, password }), { name: 'UsernameExistsException' });
console.log('ok - signed up and confirmed');

await assert.rejects(auth.signIn({ username, password: 'wrong' }), { name: 'NotAuthorizedException' });
assert.equal((await auth.signIn({ username, password })).nextStep.signInStep, 'DONE');
assert.equal((await auth.getCurrentUser()).username, username);
assert.equal((await auth.fetchUserAttributes()).given_name, 'Carol');
const session = await auth.fetchAuthSession();
assert.equal(session.tokens.idToken.payload.email, 'carol@example.com');
assert.notEqual(session.identityId, undefined);
assert.notEqual(session.credentials.accessKeyId, guest.credentials.accessKeyId);
const refreshed = await auth.fetchAuthSession({ forceRefresh: true });
assert.notEqual(refreshed.tokens.accessToken.toString(), session.tokens.accessToken.toString());
console.log('ok - signed in by SRP, with AWS credentials of the user');

const { sharedSecret } = await auth.setUpTOTP();
await assert.rejects(auth.verifyTOTPSetup({ code: '000000' }), { name: 'EnableSoftwareTokenMFAException' });
await auth.verifyTOTPSetup({ code: await totp(sharedSecret) });
await auth.updateMFAPreference({ totp: 'PREFERRED' });
assert.deepEqual(await auth.fetchMFAPreference(), { preferred: 'TOTP', enabled: ['TOTP'] });
await auth.signOut();
await advance('30s');
assert.equal((await auth.signIn({ username, password })).nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_TOTP_CODE');
await assert.rejects(auth.confirmSignIn({ challengeResponse: '000000' }), { name: 'CodeMismatchException' });
assert.equal((await auth.confirmSignIn({ challengeResponse: await totp(sharedSecret) })).isSignedIn, true);
await auth.updateMFAPreference({ totp: 'DISABLED' });
console.log('ok - signed in with an authenticator app');

await auth.updatePassword({ oldPassword: password, newPassword: 'An0ther!one' });
const changed = await auth.updateUserAttributes({ userAttributes: { email: 'carol@example.org' } });
assert.equal(changed.email.nextStep.updateAttributeStep, 'CONFIRM_ATTRIBUTE_WITH_CODE');
await auth.confirmUserAttribute({ userAttributeKey: 'email', confirmationCode: await lastCode(username) });
assert.equal((await auth.fetchUserAttributes()).email_verified, 'true');
await auth.signOut({ global: true });
await assert.rejects(auth.getCurrentUser(), { name: 'UserUnAuthenticatedException' });
console.log('ok - changed the password and the e-mail address, signed out everywhere');

const reset = await auth.resetPassword({ username });
assert.equal(reset.nextStep.resetPasswordStep, 'CONFIRM_RESET_PASSWORD_WITH_CODE');
await auth.confirmResetPassword({ username, newPassword: 'Th1rd!word', confirmationCode: await lastCode(username) });
assert.equal((await auth.signIn({ username, password: 'Th1rd!word' })).isSignedIn, true);
await auth.deleteUser();
await assert.rejects(auth.signIn({ username, password: 'Th1rd!word' }), { name: 'UserNotFoundException' });
console.log('ok - reset a forgotten password, deleted the account');
