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
        case .alreadySetUp: "the server has an owner"
        case .apiKeyNotAllowed: "this endpoint needs a signed-in person, not an API key"
        case .confirmationRequired:
            "the link is valid, but verification also needs a session of the account or its `password`"
        case .contentTooLarge: "the body is larger than 64 KiB"
        case .crossOrigin: "a page of another site made the browser send the request"
        case .databaseInUse: "the named database already contains accounts"
        case .emailTaken: "an account with this email exists"
        case .emailUnverified: "the email of the account has to be verified first"
        case .expectationFailed: "`Expect` is not `100-continue`"
        case .fieldsTooLarge:
            "the head is larger than `http.maximumHeadBytes` (32 KiB) or has more than 100 fields"
        case .forbidden: "the role of the account does not allow this"
        case .httpVersionNotSupported: "the version is neither HTTP/1.0 nor HTTP/1.1"
        case .insufficientScope: "the API key lacks the scope"
        case .invalidCredentials:
            "the account does not exist or the password is incorrect; the response is the same"
        case .invalidInvite: "the code is unknown, paused, expired, used up, or for another email"
        case .invalidLink: "the link was used (`error` states its result, if known) or has expired"
        case .invalidRequest: "inputs are invalid; `fields` states which and why"
        case .invalidToken: "the token or key is forged, revoked, or of an ended session"
        case .limitReached: "the maximum number exists; delete one first"
        case .mailNotConfigured: "the server sends no mail; waiting does not help"
        case .malformedJSON: "the body is not a JSON object, or repeats a member"
        case .malformedRequest: "the request is not valid HTTP/1.1"
        case .methodNotAllowed:
            "the path does not support the method; `Allow` lists those it supports"
        case .methodNotImplemented: "the method is unknown"
        case .nativeSigninDisabled: "sign-in with a password is switched off"
        case .notFound: "nothing at this path or with this id is visible to the caller"
        case .notPending: "the account is not waiting for approval"
        case .overloaded: "the server is busy; retry after `Retry-After`"
        case .ownerProtected: "the owner's account cannot be deleted, disabled or demoted"
        case .pendingApproval: "the account is waiting for approval"
        case .reauthenticationRequired:
            "the password was entered too long ago: send it as `password`, or sign in again"
        case .registrationClosed: "the server accepts no new accounts"
        case .requestTimeout: "the request did not arrive in time"
        case .setupCodeRequired:
            "setup needs the code from the log, unless requested by the server's own user on its machine"
        case .tokenExpired: "the token has expired: refresh it or sign in again"
        case .tooManyConnections: "no connection is free; retry after `Retry-After`"
        case .tooManyRequests: "a limit is reached; retry after `Retry-After`"
        case .unauthenticated: "no credential, or a cookie that is no longer valid"
        case .unavailable: "an internal error; nothing was changed, retry later"
        case .unsupportedMediaType:
            "the body is not `application/json`, or has a content coding (then with `Accept-Encoding`)"
        case .uriTooLong: "the request target is longer than 8 KiB"
        case .wrongPassword: "the current password is incorrect"
        }
    }
}
