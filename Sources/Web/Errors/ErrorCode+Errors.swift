import Auth
import Crypto
import HTTP

extension ErrorCode {
    /// The code of an error of the domain.
    init(_ error: AuthError) {
        self =
            switch error {
            case .invalidInput: .invalidRequest
            case .unauthenticated: .unauthenticated
            case .invalidToken: .invalidToken
            case .tokenExpired: .tokenExpired
            case .invalidCredentials: .invalidCredentials
            case .pendingApproval: .pendingApproval
            case .accountDisabled: .accountDisabled
            case .nativeSigninDisabled: .nativeSigninDisabled
            case .forbidden: .forbidden
            case .emailUnverified: .emailUnverified
            case .apiKeyNotAllowed: .apiKeyNotAllowed
            case .insufficientScope: .insufficientScope
            case .wrongPassword: .wrongPassword
            case .ownerProtected: .ownerProtected
            case .notFound: .notFound
            case .notPending: .notPending
            case .limitReached: .limitReached
            case .confirmationRequired: .confirmationRequired
            case .reauthenticationRequired: .reauthenticationRequired
            case .secondFactorRequired: .secondFactorRequired
            case .factorEnrolmentRequired: .factorEnrolmentRequired
            case .invalidChallenge: .invalidChallenge
            case .invalidCode: .invalidCode
            case .invalidPasskey: .invalidPasskey
            case .noSecondFactor: .noSecondFactor
            case .lastSignInMethod: .lastSignInMethod
            case .passkeysUnavailable: .passkeysUnavailable
            case .invalidLink: .invalidLink
            case .registrationClosed: .registrationClosed
            case .invalidInvite: .invalidInvite
            case .emailTaken: .emailTaken
            case .alreadySetUp: .alreadySetUp
            case .setupCodeRequired: .setupCodeRequired
            case .databaseInUse: .databaseInUse
            case .tooManyRequests: .tooManyRequests
            case .mailNotConfigured: .mailNotConfigured
            case .overloaded: .overloaded
            case .unavailable, .notInMemory: .unavailable
            }
    }

    /// The code of a refusal of the server.
    init(_ refusal: Refusal) {
        self =
            switch refusal {
            case .message(.malformed): .malformedRequest
            case .message(.contentTooLarge): .contentTooLarge
            case .message(.targetTooLong): .uriTooLong
            case .message(.expectationFailed): .expectationFailed
            case .message(.fieldsTooLarge): .fieldsTooLarge
            case .message(.methodNotImplemented): .methodNotImplemented
            case .message(.versionNotSupported): .httpVersionNotSupported
            case .requestTimeout: .requestTimeout
            case .tooManyConnections: .tooManyConnections
            case .overloaded, .waitedTooLong: .overloaded
            }
    }
}

extension SettledLink {
    /// The result of a used link, for the person that opens it again.
    var sentence: String {
        let time = settledAt.readable
        return switch outcome {
        case .approved: "The account was already approved on \(time)"
        case .declined: "The account was already declined on \(time)"
        case .confirmed: "The address was already confirmed on \(time)"
        case .cancelled: "The change of the address was already cancelled on \(time)"
        case .rejected: "The account was already reported as not yours on \(time)"
        case .passwordSet: "A password was already set by this link on \(time)"
        }
    }
}
