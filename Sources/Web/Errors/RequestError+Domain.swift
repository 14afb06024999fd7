import Auth
import HTTP

extension RequestError {
    /// Status, code and sentence of what the domain says.
    static func report(_ error: AuthError) -> Report {
        switch error {
        case .invalidInput:
            return Report(
                status: .badRequest, code: .invalidRequest, sentence: "Some inputs are not valid")
        case .unauthenticated:
            return Report(
                status: .unauthorized, code: .unauthenticated, sentence: "Sign in first")
        case .invalidToken:
            return Report(
                status: .unauthorized, code: .invalidToken, sentence: "The token is not valid")
        case .tokenExpired:
            return Report(
                status: .unauthorized, code: .tokenExpired, sentence: "The token expired")
        case .invalidCredentials:
            return Report(
                status: .unauthorized, code: .invalidCredentials,
                sentence: "Wrong email or password")
        case .pendingApproval:
            return Report(
                status: .forbidden, code: .pendingApproval,
                sentence: "The account waits for approval")
        case .accountDisabled:
            return Report(
                status: .forbidden, code: .accountDisabled, sentence: "The account is disabled")
        case .nativeSigninDisabled:
            return Report(
                status: .forbidden, code: .nativeSigninDisabled,
                sentence: "Signing in with a password is switched off")
        case .forbidden:
            return Report(
                status: .forbidden, code: .forbidden, sentence: "Your account may not do this")
        case .emailUnverified:
            return Report(
                status: .forbidden, code: .emailUnverified,
                sentence: "The address of this account has not been confirmed")
        case .apiKeyNotAllowed:
            return Report(
                status: .forbidden, code: .apiKeyNotAllowed,
                sentence: "An API key may not do this; sign in")
        case .insufficientScope:
            return Report(
                status: .forbidden, code: .insufficientScope,
                sentence: "The API key lacks the scope for this")
        case .wrongPassword:
            return Report(
                status: .forbidden, code: .wrongPassword,
                sentence: "The current password is another one")
        case .ownerProtected:
            return Report(
                status: .forbidden, code: .ownerProtected,
                sentence: "The owner's account cannot be given up")
        case .notFound:
            return Report(
                status: .notFound, code: .notFound, sentence: "There is nothing of this id")
        case .notPending:
            return Report(
                status: .conflict, code: .notPending,
                sentence: "The account does not wait for approval")
        case .limitReached:
            return Report(
                status: .conflict, code: .limitReached,
                sentence: "There are as many as there may be; remove one first")
        case .confirmationRequired:
            return Report(
                status: .unauthorized, code: .confirmationRequired,
                sentence: "Sign in to the account, or give its password, to confirm the address")
        case .reauthenticationRequired:
            return Report(
                status: .forbidden, code: .reauthenticationRequired,
                sentence: "Give the password again")
        case .invalidLink(let settled):
            return Report(
                status: .badRequest, code: .invalidLink,
                sentence: settled?.sentence
                    ?? "The link was used already or is too old; ask for a new one")
        case .registrationClosed:
            return Report(
                status: .forbidden, code: .registrationClosed,
                sentence: "New accounts are not accepted")
        case .invalidInvite:
            return Report(
                status: .badRequest, code: .invalidInvite, sentence: "The invitation is not valid")
        case .emailTaken:
            return Report(
                status: .conflict, code: .emailTaken, sentence: "Email already registered")
        case .alreadySetUp:
            return Report(
                status: .conflict, code: .alreadySetUp, sentence: "Setup is done already")
        case .setupCodeRequired:
            return Report(
                status: .forbidden, code: .setupCodeRequired,
                sentence: "Send the setup code from the server's log as X-Setup-Code")
        case .databaseInUse:
            return Report(
                status: .conflict, code: .databaseInUse,
                sentence: "A database of this name holds accounts already")
        case .tooManyRequests:
            return Report(
                status: .tooManyRequests, code: .tooManyRequests,
                sentence: "Too many requests; try again later")
        case .mailNotConfigured:
            return Report(
                status: .serviceUnavailable, code: .mailNotConfigured,
                sentence: "This server sends no mails")
        case .overloaded(let seconds, _):
            return report(Refusal.overloaded(retryAfterSeconds: seconds))
        case .unavailable, .notInMemory:
            return Report(
                status: .serviceUnavailable, code: .unavailable,
                sentence: "The server cannot do this right now; try again soon")
        }
    }
}

extension SettledLink {
    /// What came of a link, for whoever opens it again.
    fileprivate var sentence: String {
        let time = settledAt.readable
        return switch outcome {
        case .approved: "The account was already approved on \(time)"
        case .declined: "The account was already declined on \(time)"
        case .confirmed: "The address was already confirmed on \(time)"
        case .cancelled: "The change of the address was already cancelled on \(time)"
        case .rejected: "That the account is not yours was already said on \(time)"
        case .passwordSet: "A password was already set by this link on \(time)"
        }
    }
}
