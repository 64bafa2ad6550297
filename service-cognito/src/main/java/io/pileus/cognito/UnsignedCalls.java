package io.pileus.cognito;

import io.pileus.cognito.identity.CognitoIdentityService;
import io.pileus.cognito.identity.model.GetCredentialsForIdentityInput;
import io.pileus.cognito.identity.model.GetIdInput;
import io.pileus.cognito.identity.model.GetOpenIdTokenInput;
import io.pileus.cognito.identity.model.UnlinkIdentityInput;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.AssociateSoftwareTokenRequest;
import io.pileus.cognito.idp.model.ChangePasswordRequest;
import io.pileus.cognito.idp.model.CompleteWebAuthnRegistrationRequest;
import io.pileus.cognito.idp.model.ConfirmDeviceRequest;
import io.pileus.cognito.idp.model.ConfirmForgotPasswordRequest;
import io.pileus.cognito.idp.model.ConfirmSignUpRequest;
import io.pileus.cognito.idp.model.DeleteUserAttributesRequest;
import io.pileus.cognito.idp.model.DeleteUserRequest;
import io.pileus.cognito.idp.model.DeleteWebAuthnCredentialRequest;
import io.pileus.cognito.idp.model.ForgetDeviceRequest;
import io.pileus.cognito.idp.model.ForgotPasswordRequest;
import io.pileus.cognito.idp.model.GetDeviceRequest;
import io.pileus.cognito.idp.model.GetTokensFromRefreshTokenRequest;
import io.pileus.cognito.idp.model.GetUserAttributeVerificationCodeRequest;
import io.pileus.cognito.idp.model.GetUserAuthFactorsRequest;
import io.pileus.cognito.idp.model.GetUserRequest;
import io.pileus.cognito.idp.model.GlobalSignOutRequest;
import io.pileus.cognito.idp.model.InitiateAuthRequest;
import io.pileus.cognito.idp.model.ListDevicesRequest;
import io.pileus.cognito.idp.model.ListWebAuthnCredentialsRequest;
import io.pileus.cognito.idp.model.ResendConfirmationCodeRequest;
import io.pileus.cognito.idp.model.RespondToAuthChallengeRequest;
import io.pileus.cognito.idp.model.RevokeTokenRequest;
import io.pileus.cognito.idp.model.SetUserMFAPreferenceRequest;
import io.pileus.cognito.idp.model.SetUserSettingsRequest;
import io.pileus.cognito.idp.model.SignUpRequest;
import io.pileus.cognito.idp.model.StartWebAuthnRegistrationRequest;
import io.pileus.cognito.idp.model.UpdateAuthEventFeedbackRequest;
import io.pileus.cognito.idp.model.UpdateDeviceStatusRequest;
import io.pileus.cognito.idp.model.UpdateUserAttributesRequest;
import io.pileus.cognito.idp.model.VerifySoftwareTokenRequest;
import io.pileus.cognito.idp.model.VerifyUserAttributeRequest;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.tokens.AccessTokens;
import io.pileus.core.service.EmulatedService.Owner;
import io.pileus.core.shape.Shape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whose pool the calls are about that applications make without credentials: told by an app client, a token or an identity. */
final class UnsignedCalls {
    private final Realm realm;
    private final AccessTokens accessTokens;
    private final CognitoIdentityService identityPools;

    UnsignedCalls(Realm realm, AccessTokens accessTokens, CognitoIdentityService identityPools) {
        this.realm = realm;
        this.accessTokens = accessTokens;
        this.identityPools = identityPools;
    }

    Optional<Owner> of(Shape input) {
        String clientId = clientId(input);
        if (clientId != null) {
            return realm.pools().ofClient(clientId).map(UnsignedCalls::owner);
        }
        String accessToken = accessToken(input);
        if (accessToken != null) {
            return accessTokens.poolOf(accessToken).map(UnsignedCalls::owner);
        }
        return switch (input) {
            case UpdateAuthEventFeedbackRequest r ->
                realm.pools().withId(r.userPoolId()).map(UnsignedCalls::owner);
            case GetIdInput r -> identityPools.ownerOfPool(r.identityPoolId());
            case GetCredentialsForIdentityInput r -> identityPools.ownerOfIdentity(r.identityId());
            case GetOpenIdTokenInput r -> identityPools.ownerOfIdentity(r.identityId());
            case UnlinkIdentityInput r -> identityPools.ownerOfIdentity(r.identityId());
            default -> Optional.empty();
        };
    }

    private static Owner owner(UserPool pool) {
        return new Owner(pool.account(), pool.region());
    }

    private static @Nullable String clientId(Shape input) {
        return switch (input) {
            case ConfirmForgotPasswordRequest r -> r.clientId();
            case ConfirmSignUpRequest r -> r.clientId();
            case ForgotPasswordRequest r -> r.clientId();
            case GetTokensFromRefreshTokenRequest r -> r.clientId();
            case InitiateAuthRequest r -> r.clientId();
            case ResendConfirmationCodeRequest r -> r.clientId();
            case RespondToAuthChallengeRequest r -> r.clientId();
            case RevokeTokenRequest r -> r.clientId();
            case SignUpRequest r -> r.clientId();
            default -> null;
        };
    }

    private static @Nullable String accessToken(Shape input) {
        return switch (input) {
            case AssociateSoftwareTokenRequest r -> r.accessToken();
            case ChangePasswordRequest r -> r.accessToken();
            case CompleteWebAuthnRegistrationRequest r -> r.accessToken();
            case ConfirmDeviceRequest r -> r.accessToken();
            case DeleteUserAttributesRequest r -> r.accessToken();
            case DeleteUserRequest r -> r.accessToken();
            case DeleteWebAuthnCredentialRequest r -> r.accessToken();
            case ForgetDeviceRequest r -> r.accessToken();
            case GetDeviceRequest r -> r.accessToken();
            case GetUserAttributeVerificationCodeRequest r -> r.accessToken();
            case GetUserAuthFactorsRequest r -> r.accessToken();
            case GetUserRequest r -> r.accessToken();
            case GlobalSignOutRequest r -> r.accessToken();
            case ListDevicesRequest r -> r.accessToken();
            case ListWebAuthnCredentialsRequest r -> r.accessToken();
            case SetUserMFAPreferenceRequest r -> r.accessToken();
            case SetUserSettingsRequest r -> r.accessToken();
            case StartWebAuthnRegistrationRequest r -> r.accessToken();
            case UpdateDeviceStatusRequest r -> r.accessToken();
            case UpdateUserAttributesRequest r -> r.accessToken();
            case VerifySoftwareTokenRequest r -> r.accessToken();
            case VerifyUserAttributeRequest r -> r.accessToken();
            default -> null;
        };
    }
}
