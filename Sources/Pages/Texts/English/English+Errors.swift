import Auth
import Web

extension English: ErrorTexts {
    func title(of code: ErrorCode) -> String {
        switch code {
        case .accountDisabled: "This account is disabled"
        case .alreadySetUp, .notFound: "This page does not exist"
        case .apiKeyNotAllowed, .insufficientScope: "An API key cannot do this"
        case .confirmationRequired: "Confirm that the account is yours"
        case .contentTooLarge, .uriTooLong, .fieldsTooLarge: "The request is too large"
        case .crossOrigin: "The request came from another site"
        case .databaseInUse: "This database already contains accounts"
        case .emailTaken: "This email already has an account"
        case .emailUnverified: "Your email is not confirmed"
        case .expectationFailed, .httpVersionNotSupported, .malformedJSON, .malformedRequest,
            .methodNotImplemented, .unsupportedMediaType:
            "The request cannot be read"
        case .factorEnrolmentRequired: "A second factor is needed"
        case .forbidden: "You cannot open this page"
        case .invalidChallenge: "This sign-in has expired"
        case .invalidCode: "The code is incorrect"
        case .invalidPasskey: "The passkey was not accepted"
        case .lastSignInMethod: "This is your last way to sign in"
        case .noSecondFactor: "Your account has no second factor"
        case .passkeysUnavailable: "Passkeys are not available here"
        case .secondFactorRequired: "One more step"
        case .invalidCredentials: "The email or password is incorrect"
        case .invalidInvite: "This invitation is not valid"
        case .invalidLink: "This link does not work"
        case .invalidRequest: "Some entries need attention"
        case .invalidToken, .tokenExpired, .unauthenticated: "You are signed out"
        case .limitReached: "The limit is reached"
        case .mailNotConfigured: "This server sends no email"
        case .methodNotAllowed: "This page cannot do that"
        case .nativeSigninDisabled: "Signing in with a password or a passkey is switched off"
        case .notPending: "This account is not waiting for approval"
        case .overloaded, .tooManyConnections: "The server is busy"
        case .ownerProtected: "The owner's account is protected"
        case .pendingApproval: "Your account is waiting for approval"
        case .reauthenticationRequired: "Confirm that it is you"
        case .registrationClosed: "Registration is closed"
        case .requestTimeout: "The request took too long"
        case .setupCodeRequired: "The setup code is needed"
        case .tooManyRequests: "Too many attempts"
        case .unavailable: "The server cannot do this right now"
        case .wrongPassword: "The password is incorrect"
        }
    }

    func advice(for code: ErrorCode) -> String {
        switch code {
        case .accountDisabled: "An administrator disabled it. Contact them to use it again."
        case .alreadySetUp, .notFound:
            "The address may be mistyped, or what it led to was removed."
        case .apiKeyNotAllowed, .insufficientScope: "Sign in with your password instead."
        case .confirmationRequired: "Sign in to the account, or enter its password."
        case .contentTooLarge, .uriTooLong, .fieldsTooLarge: "Send less text and try again."
        case .crossOrigin:
            "For your safety it was refused. Open the page here and try again."
        case .databaseInUse: "Choose another name for the database."
        case .emailTaken: "Sign in instead, or use another email."
        case .emailUnverified: "Open the link that we emailed you, then try again."
        case .expectationFailed, .httpVersionNotSupported, .malformedJSON, .malformedRequest,
            .methodNotImplemented, .unsupportedMediaType:
            "Go back and try again. If it happens again, contact the operator of this site."
        case .factorEnrolmentRequired: "Add an authenticator app or a passkey to your account."
        case .forbidden: "Your account does not have the role that this needs."
        case .invalidChallenge: "Sign in again."
        case .invalidCode: "Wait for the next code and try again."
        case .invalidPasskey: "Try again, or use another way to sign in."
        case .lastSignInMethod: "Add another one before you remove it."
        case .noSecondFactor: "Add an authenticator app or a passkey first."
        case .passkeysUnavailable: "They need an address with https and a host name."
        case .secondFactorRequired: "Prove your second factor to sign in."
        case .invalidCredentials: "Check both and try again, or set a new password."
        case .invalidInvite: "Ask for a new invitation."
        case .invalidLink: "It was used before or has expired. Request a new one."
        case .invalidRequest: "Go back, correct them and try again."
        case .invalidToken, .tokenExpired, .unauthenticated: "Sign in to continue."
        case .limitReached: "Remove one first."
        case .mailNotConfigured: "Ask the operator of this site for help."
        case .methodNotAllowed: "Go back and try again."
        case .nativeSigninDisabled: "Only the owner and administrators can sign in here."
        case .notPending: "It was approved or declined before."
        case .overloaded, .tooManyConnections, .unavailable:
            "Nothing was changed. Try again in a moment."
        case .ownerProtected: "It cannot be deleted, disabled or given another role."
        case .pendingApproval: "You can use it once an administrator has approved it."
        case .reauthenticationRequired: "Your last proof is more than ten minutes old."
        case .registrationClosed: "This site accepts no new accounts. An invitation still works."
        case .requestTimeout: "Check your connection and try again."
        case .setupCodeRequired: "It is in the log of the server."
        case .tooManyRequests: "Wait a moment and try again."
        case .wrongPassword: "Check it and try again."
        }
    }

    func settled(_ outcome: SettledLink.Outcome) -> String {
        switch outcome {
        case .approved: "The account was already approved"
        case .declined: "The account was already declined"
        case .confirmed: "The email was already confirmed"
        case .cancelled: "The change of email was already cancelled"
        case .rejected: "The account was already reported as not yours"
        case .passwordSet: "This link has already set a password"
        }
    }

    func tryAgain(inSeconds seconds: Int) -> String {
        "You can try again \(wait(RoundedWait(seconds: Int64(seconds))))."
    }

    var requestID: String { "Request ID" }
    var goToAccount: String { "Go to your account" }
    var goToSignIn: String { "Go to sign in" }
}
