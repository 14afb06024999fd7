/// Why a request was answered with 401, 403, 409, 429 or 503: one stable word, for the log alone.
///
/// The client gets the error code, which may cover several reasons: what helps the operator would
/// help an attacker too. No reason is ever renamed. `docs/errors.md` has its table of reasons from
/// the marks and comments below.
public enum Reason: String, Sendable, CaseIterable {
    // MARK: 401

    /// The request carries neither a Bearer token nor the session cookie; usual for signed-out
    /// browsers.
    case noCredential = "no_credential"
    /// The request carries two different session cookies: another application on a neighbouring
    /// host sets one. A `__Host-` cookie name prevents this.
    case cookiesDiffer = "cookies_differ"
    /// The cookie does not have the form of a session cookie; usual after another program used the
    /// same cookie name.
    case cookieMalformed = "cookie_malformed"
    /// No live session has this cookie: the session ended, or the cookie was made up.
    case unknownSession = "unknown_session"
    /// The token is not a JWT in the form that this server issues.
    case tokenMalformed = "token_malformed"
    /// The token names a key that the server does not have; expected one token lifetime after
    /// `lunauth secret rotate`.
    case tokenKeyUnknown = "token_key_unknown"
    /// The signature does not match the key: the token is forged, damaged, or from another server.
    case tokenSignature = "token_signature"
    /// The signature is valid, but this server never issues such claims: the key is known to
    /// another party.
    case tokenClaims = "token_claims"
    /// The token was issued in the future: compare the clocks of the machines.
    case tokenNotYetValid = "token_not_yet_valid"
    /// The token has expired; the client should have refreshed it.
    case tokenExpired = "token_expired"
    /// The session of the token ended: by logout, by a new password, or because it expired.
    case sessionEnded = "session_ended"
    /// The session of the token belongs to another account; this server never issues such a token.
    case sessionOfAnother = "session_of_another"
    /// The account of the credential was deleted.
    case accountGone = "account_gone"
    /// The account is disabled; `lunauth user enable` enables it again.
    case accountDisabled = "account_disabled"
    /// The session or the account ended while the request was being processed.
    case callerEnded = "caller_ended"
    /// The API key is mistyped or truncated.
    case apiKeyMalformed = "api_key_malformed"
    /// No live API key matches: it was revoked, has expired, or was made up.
    case apiKeyUnknown = "api_key_unknown"
    /// The email of the login is not a valid address.
    case notAnAddress = "not_an_address"
    /// No account has this address; many in a row from one client are a search for accounts.
    case unknownAccount = "unknown_account"
    /// The account exists and the password is incorrect.
    case wrongPassword = "wrong_password"
    /// The password is longer than the maximum.
    case passwordTooLong = "password_too_long"
    /// The password was changed while a login with the former one was being processed.
    case passwordChanged = "password_changed"
    /// A verification link was opened without a session or the password of its account: a link
    /// proves the mailbox, not the person.
    case confirmationRequired = "confirmation_required"
    /// The password was right; the second factor comes next.
    case secondFactorRequired = "second_factor_required"
    /// No step of this challenge waits: it was taken, has expired, or never began.
    case challengeUnknown = "challenge_unknown"
    /// The challenge was answered without the cookie of the browser that began it.
    case challengeOfAnotherBrowser = "challenge_other_browser"
    /// The challenge was answered wrong too often.
    case challengeExhausted = "challenge_exhausted"
    /// The code of an authenticator app or for recovery is wrong.
    case codeWrong = "code_wrong"
    /// The code of an authenticator app was used before.
    case codeUsed = "code_used"
    /// No account has this passkey, or another account than the one that signs in.
    case passkeyUnknown = "passkey_unknown"
    /// The response of a passkey breaks a rule of WebAuthn; the `fault` line or the response states it.
    case passkeyRefused = "passkey_refused"

    // MARK: 403

    /// The account is waiting for approval: `lunauth user approve`.
    case pendingApproval = "pending_approval"
    /// The address has to be verified first.
    case emailUnverified = "email_unverified"
    /// `nativeSignin` is off for everyone but the owner and administrators.
    case nativeSigninDisabled = "native_signin_disabled"
    /// The request requires the owner or an administrator.
    case notAdministrator = "not_administrator"
    /// The request requires the owner.
    case notOwner = "not_owner"
    /// The role of the target account is at least as high as the caller's.
    case targetProtected = "target_protected"
    /// The caller may not assign this role.
    case roleNotGivable = "role_not_givable"
    /// Callers cannot disable or demote themselves, and administrators cannot delete their own
    /// account or reset their own factors this way.
    case ownAccount = "own_account"
    /// The role or tier is lower than `GET /auth/verify` requires.
    case requirementUnmet = "requirement_unmet"
    /// An API key was used where a signed-in person is required.
    case apiKeyNotAllowed = "api_key_not_allowed"
    /// The API key lacks the scope.
    case insufficientScope = "insufficient_scope"
    /// The current password, required again, is incorrect.
    case currentPasswordWrong = "current_password_wrong"
    /// The last proof in the session is too old for this operation, older than the second factor, or
    /// of one factor where two are required.
    case reauthenticationRequired = "reauthentication_required"
    /// `factors.required`, or `factors=2` of `GET /auth/verify`, requires a second factor, which the
    /// account has to add first.
    case factorEnrolmentRequired = "factor_enrolment_required"
    /// The owner's account cannot be deleted, disabled or demoted.
    case ownerProtected = "owner_protected"
    /// `register`, `signup` or `nativeSignin` is off.
    case registrationClosed = "registration_closed"
    /// Setup was requested without a code by a client other than the server's own user on this
    /// machine; the code is in the log of the start.
    case setupCodeMissing = "setup_code_missing"
    /// The setup code is not the one of the last start.
    case setupCodeWrong = "setup_code_wrong"
    /// A page of another site made the browser send the request; check `websiteUrl` if the page was
    /// your own.
    case crossOrigin = "cross_origin"
    /// A browser prefetched the logout link.
    case prefetched = "prefetched"

    // MARK: 409

    /// The address has an account.
    case emailTaken = "email_taken"
    /// An owner exists.
    case alreadySetUp = "already_set_up"
    /// The database named at setup already contains accounts: choose another name, or move it away.
    case databaseInUse = "database_in_use"
    /// The account was approved or declined already.
    case notPending = "not_pending"
    /// The account has as many API keys as its tier allows (`apiKeys.maximum`), or twenty passkeys.
    case limitReached = "limit_reached"

    /// The account has no second factor that this is about.
    case noSecondFactor = "no_second_factor"
    /// Without this credential the account could not be signed in to.
    case lastSignInMethod = "last_sign_in_method"
    /// `websiteUrl` is an IP address, neither https nor localhost, or outside `passkeys.rpId`.
    case passkeysUnavailable = "passkeys_unavailable"

    // MARK: 429

    /// Too many logins from one network.
    case loginLimit = "login_limit"
    /// Too many registrations and signups from one network.
    case signupLimit = "signup_limit"
    /// Too many setup attempts from one network.
    case setupLimit = "setup_limit"
    /// Too many mail requests or uses of links from one network.
    case mailLimit = "mail_limit"
    /// One address received as many mails as it may.
    case recipientLimit = "recipient_limit"
    /// Too many logins or password checks from the known devices and sessions of one account, in a
    /// network whose own limit is used up.
    case deviceLoginLimit = "device_login_limit"
    /// Strangers entered too many wrong passwords or codes for one account, from any network:
    /// guessing.
    case failedLoginsLimit = "failed_logins_limit"
    /// Strangers in one network entered too many wrong passwords or codes for one account.
    case failedLoginsOfNetworkLimit = "failed_logins_network_limit"
    /// A known device or session entered too many wrong passwords or codes.
    case failedLoginsOfDeviceLimit = "failed_logins_device_limit"
    /// Too many passwords from one network, address or account are waiting to be checked.
    case hashingLimit = "hashing_limit"
    /// Too many passwords, right or wrong, were entered for one address by strangers, or for one
    /// account by its known devices and sessions.
    case hashingOfAddressLimit = "hashing_address_limit"
    /// Too many checks of the current password or of factors from one network, logins not included.
    case passwordCheckLimit = "password_check_limit"
    /// Too many challenges for passkeys from one network.
    case challengeLimit = "challenge_limit"
    /// Too many signups with one address, from all networks together.
    case newAccountLimit = "signup_address_limit"
    /// The account has used the requests of its tier (`limits.tiers`).
    case tierLimit = "tier_limit"
    /// The account started too many sessions: a program that signs in repeatedly, or a stolen
    /// password.
    case sessionLimit = "session_limit"
    /// The account created too many API keys.
    case apiKeyLimit = "api_key_limit"
    /// The account created too many invitations.
    case inviteLimit = "invite_limit"

    // MARK: 503

    /// More passwords are waiting than can be checked in time (`password.queueSeconds`): add cores,
    /// or look for a login flood.
    case hashingQueueFull = "hashing_queue_full"
    /// More writes are waiting than the disk can take.
    case writeQueueFull = "write_queue_full"
    /// The queue of a worker lane is full, or too slow for one more request to start in time.
    case laneQueueFull = "lane_queue_full"
    /// The request waited in a queue for the maximum time.
    case waitedTooLong = "waited_too_long"
    /// `http.maximumConnections` are open and none is idle, or one peer has a quarter of them.
    case tooManyConnections = "too_many_connections"
    /// The write was not done in time: another process has locked the database, or the disk is
    /// slow.
    case writeTimedOut = "write_timed_out"
    /// Another process has locked the database.
    case databaseLocked = "database_locked"
    /// The disk, or the quota, is full.
    case diskFull = "disk_full"
    /// The disk fails to read or write: see the log of the kernel.
    case diskFault = "disk_fault"
    /// The database, its directory or the file system is read-only.
    case readOnly = "read_only"
    /// The database is damaged: stop the server and restore a backup.
    case databaseCorrupt = "database_corrupt"
    /// Setup moved the server to another database in the meantime.
    case databaseMoved = "database_moved"
    /// Another database error; the `fault` line with the same id states it.
    case databaseFault = "database_fault"
    /// No database server can be reached, or none accepts the daemon, which tries again by itself; the
    /// `fault` line with the same id states why.
    case databaseUnreachable = "database_unreachable"
    /// The database server did not answer in time.
    case databaseTimedOut = "database_timed_out"
    /// Writes of the same rows got in each other's way until the time for them was over.
    case databaseContention = "database_contention"
    /// All connections to the database server were in use for the maximum time.
    case connectionsBusy = "connections_busy"
    /// The connection to the database server was lost during a commit, and whether it happened could
    /// not be found out in time.
    case writeOutcomeUnknown = "write_outcome_unknown"
    /// The process has no file descriptor left (`LimitNOFILE`).
    case noDescriptor = "no_descriptor"
    /// The daemon is shutting down.
    case closing = "closing"
    /// A file beside the database cannot be written; the `fault` line with the same id names it.
    case fileFault = "file_fault"
    /// The outbox is full: the mail server accepts no mail, or the outbox is being flooded.
    case outboxFull = "outbox_full"
    /// A mail could not be encrypted for the outbox: the key is missing, or OpenSSL failed.
    case mailNotSealed = "mail_not_sealed"
    /// A factor could not be sealed or opened: no secret key of the server opens the data key
    /// (`lunauth check`), the row was altered, or OpenSSL failed.
    case factorKeyUnusable = "factor_key_unusable"
    /// An event could not be recorded, or the chain not continued: no secret key of the server opens the keys
    /// of the record, they were altered, or the head of the chain was.
    case auditKeyUnusable = "audit_key_unusable"
    /// A password could not be checked against the hash of another system, for want of memory.
    case hashingFault = "hashing_fault"
    /// A passkey could not be verified: libfido2 failed, for want of memory.
    case passkeyFault = "passkey_fault"
    /// `mail.transport` is `none`, and the request is useless without mail.
    case mailNotConfigured = "mail_not_configured"
    /// Data that should have been in memory was missing and could not be waited for.
    case notInMemory = "not_in_memory"
    /// `GET /readyz`: a check fails; the response names it.
    case notReady = "not_ready"
}
