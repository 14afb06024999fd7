package import HTTP

/// The table of error codes: responses, the OpenAPI document and `docs/errors.md` are made of it.
extension ErrorCode {
    /// What is declared about a code.
    package struct Declaration {
        /// The status of the response.
        package let status: Status
        /// The sentence of the response, for a person; some errors have a more precise one.
        package let title: String
        /// When it is sent, for a client developer.
        package let meaning: String

        fileprivate init(_ status: Status, _ title: String, _ meaning: String) {
            self.status = status
            self.title = title
            self.meaning = meaning
        }
    }

    /// The status of the response.
    package var status: Status { declaration.status }

    /// When it is sent, for a client developer.
    package var meaning: String { declaration.meaning }

    /// The row of this code.
    package var declaration: Declaration {
        switch self {
        case .accountDisabled:
            Declaration(
                .forbidden, "The account is disabled",
                "the account is disabled")
        case .alreadySetUp:
            Declaration(
                .conflict, "Setup is done already",
                "the server has an owner")
        case .apiKeyNotAllowed:
            Declaration(
                .forbidden, "An API key may not do this; sign in",
                "this endpoint needs a signed-in person, not an API key")
        case .confirmationRequired:
            Declaration(
                .unauthorized,
                "Sign in to the account, or give its password, to confirm the address",
                "the link is valid, but verification also needs a session of the account or its `password`"
            )
        case .contentTooLarge:
            Declaration(
                .contentTooLarge, "The body is larger than 64 KiB",
                "the body is larger than 64 KiB")
        case .crossOrigin:
            Declaration(
                .forbidden, "A page of another site may not make this request",
                "a page of another site made the browser send the request")
        case .databaseInUse:
            Declaration(
                .conflict, "A database of this name already contains accounts",
                "the named database already contains accounts")
        case .emailTaken:
            Declaration(
                .conflict, "Email already registered",
                "an account with this email exists")
        case .emailUnverified:
            Declaration(
                .forbidden, "The address of this account has not been confirmed",
                "the email of the account has to be verified first")
        case .expectationFailed:
            Declaration(
                .expectationFailed, "The only supported expectation is 100-continue",
                "`Expect` is not `100-continue`")
        case .factorEnrolmentRequired:
            Declaration(
                .forbidden, "Add a second factor first",
                "a second factor is required, and the account has none: `methods` can be added with `challenge`"
            )
        case .fieldsTooLarge:
            Declaration(
                .requestHeaderFieldsTooLarge, "The head is too large or has more than 100 fields",
                "the head is larger than `http.maximumHeadBytes` (32 KiB) or has more than 100 fields"
            )
        case .forbidden:
            Declaration(
                .forbidden, "Your account may not do this",
                "the role of the account does not allow this")
        case .httpVersionNotSupported:
            Declaration(
                .httpVersionNotSupported, "Only HTTP/1.0 and HTTP/1.1 are supported",
                "the version is neither HTTP/1.0 nor HTTP/1.1")
        case .insufficientScope:
            Declaration(
                .forbidden, "The API key lacks the scope for this",
                "the API key lacks the scope")
        case .invalidChallenge:
            Declaration(
                .unauthorized, "The sign-in has expired; begin again",
                "the challenge is unknown, used, expired, or of another browser: sign in again")
        case .invalidCode:
            Declaration(
                .unauthorized, "The code is wrong",
                "the code is wrong, or was used before")
        case .invalidCredentials:
            Declaration(
                .unauthorized, "Wrong email or password",
                "the account does not exist or the password is incorrect; the response is the same")
        case .invalidInvite:
            Declaration(
                .badRequest, "The invitation is invalid",
                "the code is unknown, paused, expired, used up, or for another email")
        case .invalidLink:
            Declaration(
                .badRequest, "The link was already used or has expired; request a new one",
                "the link was used (`error` states its result, if known) or has expired")
        case .invalidPasskey:
            Declaration(
                .unauthorized, "The passkey was not accepted",
                "the passkey is unknown, or its response breaks a rule of WebAuthn; `error` states which"
            )
        case .invalidRequest:
            Declaration(
                .badRequest, "Some inputs are invalid",
                "inputs are invalid; `fields` states which and why")
        case .invalidToken:
            Declaration(
                .unauthorized, "The token is invalid",
                "the token or key is forged, revoked, or of an ended session")
        case .lastSignInMethod:
            Declaration(
                .conflict, "Without it you could not sign in any more; add another way first",
                "the account could not be signed in to without it")
        case .limitReached:
            Declaration(
                .conflict, "Limit reached; delete one first",
                "the maximum number exists; delete one first")
        case .mailNotConfigured:
            Declaration(
                .serviceUnavailable, "This server does not send mail",
                "the server sends no mail; waiting does not help")
        case .malformedJSON:
            Declaration(
                .badRequest, "The body must be one JSON object",
                "the body is not a JSON object, or repeats a member")
        case .malformedRequest:
            Declaration(
                .badRequest, "The request is malformed",
                "the request is not valid HTTP/1.1")
        case .methodNotAllowed:
            Declaration(
                .methodNotAllowed, "This path does not support this method",
                "the path does not support the method; `Allow` lists those it supports")
        case .methodNotImplemented:
            Declaration(
                .notImplemented, "The method is not supported",
                "the method is unknown")
        case .nativeSigninDisabled:
            Declaration(
                .forbidden, "Signing in with a password or a passkey is switched off",
                "sign-in with a password or a passkey is switched off")
        case .noSecondFactor:
            Declaration(
                .conflict, "The account has no second factor",
                "the account has no second factor that this is about")
        case .notFound:
            Declaration(
                .notFound, "No resource has this path",
                "nothing at this path or with this id is visible to the caller")
        case .notPending:
            Declaration(
                .conflict, "The account is not waiting for approval",
                "the account is not waiting for approval")
        case .overloaded:
            Declaration(
                .serviceUnavailable, "The server is busy; try again soon",
                "the server is busy; retry after `Retry-After`")
        case .ownerProtected:
            Declaration(
                .forbidden, "The owner's account cannot be deleted, disabled or demoted",
                "the owner's account cannot be deleted, disabled or demoted")
        case .passkeysUnavailable:
            Declaration(
                .conflict,
                "This server offers no passkeys: browsers do not bind them to its address",
                "`websiteUrl` is an IP address, neither https nor localhost, or outside `passkeys.rpId`"
            )
        case .pendingApproval:
            Declaration(
                .forbidden, "The account waits for approval",
                "the account is waiting for approval")
        case .reauthenticationRequired:
            Declaration(
                .forbidden, "Prove again that it is you",
                "the last proof is more than ten minutes old, or of one factor only: `POST /auth/reauthenticate` with one of `methods`"
            )
        case .registrationClosed:
            Declaration(
                .forbidden, "New accounts are not accepted",
                "the server accepts no new accounts")
        case .requestTimeout:
            Declaration(
                .requestTimeout, "The request did not arrive in time",
                "the request did not arrive in time")
        case .secondFactorRequired:
            Declaration(
                .unauthorized, "Prove your second factor",
                "the password is correct: continue at `/auth/login/second` with `challenge` and one of `methods`"
            )
        case .setupCodeRequired:
            Declaration(
                .forbidden, "Send the setup code from the server's log as X-Setup-Code",
                "setup needs the code from the log, unless requested by the server's own user on its machine"
            )
        case .tokenExpired:
            Declaration(
                .unauthorized, "The token expired",
                "the token has expired: refresh it or sign in again")
        case .tooManyConnections:
            Declaration(
                .serviceUnavailable, "The server has too many connections",
                "no connection is free; retry after `Retry-After`")
        case .tooManyRequests:
            Declaration(
                .tooManyRequests, "Too many requests; try again later",
                "a limit is reached; retry after `Retry-After`")
        case .unauthenticated:
            Declaration(
                .unauthorized, "Sign in first",
                "no credential, or a cookie that is no longer valid")
        case .unavailable:
            Declaration(
                .serviceUnavailable, "The server cannot do this right now; try again soon",
                "an internal error; nothing was changed, retry later")
        case .unsupportedMediaType:
            Declaration(
                .unsupportedMediaType, "The body must be sent as application/json",
                "the body is not `application/json`, or has a content coding (then with `Accept-Encoding`)"
            )
        case .uriTooLong:
            Declaration(
                .uriTooLong, "The request target is longer than 8 KiB",
                "the request target is longer than 8 KiB")
        case .wrongPassword:
            Declaration(
                .forbidden, "The current password is incorrect",
                "the current password is incorrect")
        }
    }
}
