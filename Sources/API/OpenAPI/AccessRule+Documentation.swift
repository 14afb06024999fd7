import Auth
import JSON
import Web

extension AccessRule {
    /// Whether a valid credential is required.
    var requiresCaller: Bool {
        self != .anyone && self != .optionalCredentials && self != .probe
    }

    /// The errors for callers that the rule refuses.
    var errors: [ErrorCode] {
        let codes: [ErrorCode] = [.unauthenticated, .invalidToken, .tokenExpired, .tooManyRequests]
        let usable: [ErrorCode] = [.pendingApproval, .emailUnverified]
        return switch self {
        case .anyone, .optionalCredentials: []
        case .probe: [.notFound]
        case .account(let access): codes + [access.keyError]
        case .activeAccount(let access): codes + [access.keyError] + usable
        case .session: codes + [.apiKeyNotAllowed] + usable
        case .personOrSignIn:
            codes + [
                .apiKeyNotAllowed, .invalidChallenge, .accountDisabled, .nativeSigninDisabled,
            ] + usable
        case .administrator(let access), .administratorOrLink(let access):
            codes + [access.keyError] + usable + [.forbidden]
        case .forwardAuth: codes + [.apiKeyNotAllowed, .insufficientScope] + usable + [.forbidden]
        }
    }

    /// The credentials, one of which is enough.
    var requirements: [JSONObject] {
        let session = Self.requirement("session")
        let cookie = Self.requirement("cookie")
        return switch self {
        case .anyone: []
        case .probe: [Self.requirement("probe")]
        case .optionalCredentials: [JSONObject(), session, cookie]
        case .session, .personOrSignIn: [session, cookie]
        case .forwardAuth: [session, Self.requirement("apiKey"), cookie]
        case .account(let access), .activeAccount(let access), .administrator(let access),
            .administratorOrLink(let access):
            [session] + access.keyRequirements + [cookie]
        }
    }

    fileprivate static func requirement(_ scheme: String, _ scopes: String...) -> JSONObject {
        var object = JSONObject()
        object.add(scheme, .array(scopes.map(JSONValue.string)))
        return object
    }
}

extension Access {
    /// Why an API key is refused.
    fileprivate var keyError: ErrorCode {
        switch self {
        case .read, .write, .administration: .insufficientScope
        case .person: .apiKeyNotAllowed
        }
    }

    /// The scope that an API key needs; none where no key is accepted.
    fileprivate var keyRequirements: [JSONObject] {
        switch self {
        case .read: [AccessRule.requirement("apiKey", "read")]
        case .write: [AccessRule.requirement("apiKey", "write")]
        case .administration: [AccessRule.requirement("apiKey", "admin")]
        case .person: []
        }
    }
}
