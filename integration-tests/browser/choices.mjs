// AWS Amplify where users choose how to sign in. Environment: BASE (the emulator), POOL_ID, CLIENT_ID (whose pool takes passwords and
// codes by e-mail).
import assert from 'node:assert/strict';
import { Amplify } from 'aws-amplify';
import * as auth from 'aws-amplify/auth';
import { lastCode } from './codes.mjs';

const { BASE, POOL_ID, CLIENT_ID } = process.env;
Amplify.configure({
  Auth: { Cognito: { userPoolId: POOL_ID, userPoolClientId: CLIENT_ID, userPoolEndpoint: BASE } },
});

const username = 'carol';
const password = 'Passw0rd!';
const signIn = (options, more = {}) => auth.signIn({ username, ...more, options: { authFlowType: 'USER_AUTH', ...options } });

await auth.signUp({ username, password, options: { userAttributes: { email: 'carol@example.com' }, autoSignIn: { authFlowType: 'USER_AUTH' } } });
const confirmed = await auth.confirmSignUp({ username, confirmationCode: await lastCode(username) });
assert.equal(confirmed.isSignUpComplete, true);
assert.equal(confirmed.nextStep.signUpStep, 'COMPLETE_AUTO_SIGN_IN');
assert.equal((await auth.autoSignIn()).isSignedIn, true);
await auth.signOut();
console.log('ok - who has just confirmed is signed in by that');

const choice = await signIn();
assert.equal(choice.nextStep.signInStep, 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION');
assert.deepEqual([...choice.nextStep.availableChallenges].sort(), ['EMAIL_OTP', 'PASSWORD', 'PASSWORD_SRP']);
const byCode = await auth.confirmSignIn({ challengeResponse: 'EMAIL_OTP' });
assert.equal(byCode.nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE');
assert.equal(byCode.nextStep.codeDeliveryDetails.destination, 'c***@e***');
await assert.rejects(auth.confirmSignIn({ challengeResponse: '000000' }), { name: 'CodeMismatchException' });
assert.equal((await auth.confirmSignIn({ challengeResponse: await lastCode(username) })).isSignedIn, true);
await auth.signOut();
console.log('ok - chose a code by e-mail');

await signIn();
assert.equal((await auth.confirmSignIn({ challengeResponse: 'PASSWORD' })).nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_PASSWORD');
assert.equal((await auth.confirmSignIn({ challengeResponse: password })).isSignedIn, true);
await auth.signOut();
console.log('ok - chose the password');

for (const preferredChallenge of ['PASSWORD_SRP', 'PASSWORD']) {
  assert.equal((await signIn({ preferredChallenge }, { password })).isSignedIn, true);
  await auth.signOut();
}
await assert.rejects(signIn({ preferredChallenge: 'PASSWORD_SRP' }, { password: 'wrong' }), { name: 'NotAuthorizedException' });
assert.equal((await signIn({ preferredChallenge: 'EMAIL_OTP' })).nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE');
console.log('ok - preferred one from the beginning');

// Amplify waits minutes for a sign-in by itself to be over, though it is.
process.exit(0);
