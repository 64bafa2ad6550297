// Hands the page's WebAuthn options to the browser and sends what the authenticator says with the page's form.
(() => {
  'use strict';
  const form = document.forms[0];
  const say = (text) => { document.getElementById('says').textContent = text; };
  const bytes = (text) => Uint8Array.from(
    atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const text = (buffer) => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const known = (list) => (list || []).map((key) => ({ ...key, id: bytes(key.id) }));

  function options() {
    const given = JSON.parse(form.elements.options.value);
    return {
      ...given,
      challenge: bytes(given.challenge),
      ...(given.user && { user: { ...given.user, id: bytes(given.user.id) } }),
      ...(given.allowCredentials && { allowCredentials: known(given.allowCredentials) }),
      ...(given.excludeCredentials && { excludeCredentials: known(given.excludeCredentials) }),
    };
  }

  function described(credential) {
    const { response } = credential;
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment || undefined,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: {
        clientDataJSON: text(response.clientDataJSON),
        ...(response.attestationObject && {
          attestationObject: text(response.attestationObject),
          transports: response.getTransports ? response.getTransports() : [],
        }),
        ...(response.authenticatorData && { authenticatorData: text(response.authenticatorData) }),
        ...(response.signature && { signature: text(response.signature) }),
        ...(response.userHandle && { userHandle: text(response.userHandle) }),
      },
    };
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (!navigator.credentials) {
      say('Passkeys want a secure page: https, or http on localhost.');
      return;
    }
    const publicKey = options();
    try {
      const credential = await (publicKey.user
        ? navigator.credentials.create({ publicKey })
        : navigator.credentials.get({ publicKey }));
      form.elements.answer.value = JSON.stringify(described(credential));
      form.submit();
    } catch (error) {
      say(`The passkey could not be used: ${error.message}`);
    }
  });
})();
