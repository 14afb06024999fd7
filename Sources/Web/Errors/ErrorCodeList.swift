package import HTTP

/// What the document says of the codes.
extension ErrorCode {
    /// The status under which it is sent.
    package var status: Status {
        switch self {
        case .invalidInvite, .invalidLink, .invalidRequest, .malformedJSON, .malformedRequest:
            .badRequest
        case .confirmationRequired, .invalidCredentials, .invalidToken, .tokenExpired,
            .unauthenticated:
            .unauthorized
        case .accountDisabled, .apiKeyNotAllowed, .crossOrigin, .emailUnverified, .forbidden,
            .insufficientScope, .nativeSigninDisabled, .ownerProtected, .pendingApproval,
            .reauthenticationRequired, .registrationClosed, .setupCodeRequired, .wrongPassword:
            .forbidden
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .requestTimeout: .requestTimeout
        case .alreadySetUp, .databaseInUse, .emailTaken, .limitReached, .notPending: .conflict
        case .contentTooLarge: .contentTooLarge
        case .uriTooLong: .uriTooLong
        case .unsupportedMediaType: .unsupportedMediaType
        case .expectationFailed: .expectationFailed
        case .tooManyRequests: .tooManyRequests
        case .fieldsTooLarge: .requestHeaderFieldsTooLarge
        case .methodNotImplemented: .notImplemented
        case .mailNotConfigured, .overloaded, .tooManyConnections, .unavailable:
            .serviceUnavailable
        case .httpVersionNotSupported: .httpVersionNotSupported
        }
    }

    /// When it is sent, for an app developer.
    package var meaning: String {
        switch self {
        case .accountDisabled: "the account is disabled"
        case .alreadySetUp: "an owner exists"
        case .apiKeyNotAllowed: "this takes a person who signed in, not an API key"
        case .confirmationRequired:
            "the link is good; confirming takes a session of the account, or its `password`, too"
        case .contentTooLarge: "the body is larger than 64 KiB"
        case .crossOrigin: "a page of another site made the browser send this"
        case .databaseInUse: "the named database holds accounts already"
        case .emailTaken: "an account has this email"
        case .emailUnverified: "the account has to confirm its address first"
        case .expectationFailed: "`Expect` was something other than `100-continue`"
        case .fieldsTooLarge:
            "the head is larger than `http.maximumHeadBytes` (32 KiB) or has more than 100 fields"
        case .forbidden: "the role of the account does not allow it"
        case .httpVersionNotSupported: "not HTTP/1.0 or HTTP/1.1"
        case .insufficientScope: "the API key lacks the scope"
        case .invalidCredentials: "unknown account or wrong password; which is not told"
        case .invalidInvite: "the code is unknown, paused, expired, used up, or for somebody else"
        case .invalidLink:
            "the link was used already (`error` says what for and when, where that is known), or is too old"
        case .invalidRequest: "inputs are at fault; `fields` says which and why"
        case .invalidToken: "the token or key is forged, revoked, or of an ended session"
        case .limitReached: "there are as many as there may be"
        case .mailNotConfigured: "the server sends no mails; no waiting helps"
        case .malformedJSON: "the body is not one JSON object, or names a member twice"
        case .malformedRequest: "not HTTP as this server accepts it"
        case .methodNotAllowed: "the path does not take this method; `Allow` says which it takes"
        case .methodNotImplemented: "no such method"
        case .nativeSigninDisabled: "signing in with a password is switched off"
        case .notFound: "nothing has this path or id, as far as the caller may know"
        case .notPending: "the account does not wait for approval"
        case .overloaded: "too much to do; try again after `Retry-After`"
        case .ownerProtected: "the owner's account cannot be given up"
        case .pendingApproval: "the account waits for approval"
        case .reauthenticationRequired:
            "the password was given too long ago: send it as `password`, or sign in again"
        case .registrationClosed: "new accounts are not accepted"
        case .requestTimeout: "the request did not arrive in time"
        case .setupCodeRequired:
            "setup takes the code from the log, except by the server's own user on its machine"
        case .tokenExpired: "the token was good once; refresh it or sign in again"
        case .tooManyConnections: "no connection is free; try again after `Retry-After`"
        case .tooManyRequests: "a limit is reached; try again after `Retry-After`"
        case .unauthenticated: "no credential, or a cookie that is no longer good"
        case .unavailable: "a fault of the server's; nothing was changed, try again"
        case .unsupportedMediaType:
            "the body is not `application/json`, or has a content coding (`Accept-Encoding` says so)"
        case .uriTooLong: "the request target is longer than 8 KiB"
        case .wrongPassword: "this is not the current password"
        }
    }
}
