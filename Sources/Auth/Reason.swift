/// Why a request was answered with 401, 403, 409, 429 or 503: one stable word, for the log alone.
///
/// The client is told the code of the error, which may stand for several reasons: what helps the
/// operator would help an attacker too. None is ever renamed.
public enum Reason: String, Sendable, CaseIterable {
    // MARK: 401

    /// The request carries neither a Bearer token nor the cookie; usual for who is signed out.
    case noCredential = "no_credential"
    /// Two cookies of our name differ: look for another application on a neighbouring host that sets
    /// one, or choose a `__Host-` name.
    case cookiesDiffer = "cookies_differ"
    /// The cookie was never made here; usual after the cookie's name was another program's.
    case cookieMalformed = "cookie_malformed"
    /// No live session has this cookie: it ended, or the cookie was made up.
    case unknownSession = "unknown_session"
    /// The token is no JWT of this server's form.
    case tokenMalformed = "token_malformed"
    /// The token names a key that is not known (any more); expected after `lunauth secret rotate`
    /// once former tokens have had their time.
    case tokenKeyUnknown = "token_key_unknown"
    /// The token was not signed with the key it names: forged, damaged, or of another server.
    case tokenSignature = "token_signature"
    /// The token is signed and says what no token of ours says: somebody else has the key.
    case tokenClaims = "token_claims"
    /// The token is of the future: compare the clocks of the machines.
    case tokenNotYetValid = "token_not_yet_valid"
    /// The token was good once; the client should have refreshed it.
    case tokenExpired = "token_expired"
    /// The session of the token ended: a logout, a new password, or its time.
    case sessionEnded = "session_ended"
    /// The session of the token is another account's, which no token made here says.
    case sessionOfAnother = "session_of_another"
    /// The account of the credential was deleted.
    case accountGone = "account_gone"
    /// The account is disabled; `lunauth user approve` lets it in again.
    case accountDisabled = "account_disabled"
    /// The session or account ended while the request was at work.
    case callerEnded = "caller_ended"
    /// What looks like an API key is mistyped or cut off.
    case apiKeyMalformed = "api_key_malformed"
    /// No live API key is this one: revoked, expired, or made up.
    case apiKeyUnknown = "api_key_unknown"
    /// What was sent as the email of a login is no address.
    case notAnAddress = "not_an_address"
    /// Nobody has this address; many in a row from one client are a search for accounts.
    case unknownAccount = "unknown_account"
    /// The account exists and its password is another one.
    case wrongPassword = "wrong_password"
    /// The password is longer than any can be.
    case passwordTooLong = "password_too_long"
    /// The password was changed while a login with the former one was at work.
    case passwordChanged = "password_changed"
    /// A link to confirm an address came without a session or the password of its account: a link proves
    /// the mailbox, not the person.
    case confirmationRequired = "confirmation_required"

    // MARK: 403

    /// The account waits for approval: `lunauth user approve`.
    case pendingApproval = "pending_approval"
    /// The address has to be confirmed and is not.
    case emailUnverified = "email_unverified"
    /// `nativeSignin` is off for everybody but owner and administrators.
    case nativeSigninDisabled = "native_signin_disabled"
    /// It takes the owner or an administrator.
    case notAdministrator = "not_administrator"
    /// It takes the owner.
    case notOwner = "not_owner"
    /// The account it would be done to stands as high as the one that asks.
    case targetProtected = "target_protected"
    /// The role is not the caller's to give.
    case roleNotGivable = "role_not_givable"
    /// Nobody disables or demotes themselves, or deletes their own account as an administrator.
    case ownAccount = "own_account"
    /// Role or tier are lower than the application asks of `GET /auth/verify`.
    case requirementUnmet = "requirement_unmet"
    /// An API key was shown where only a person may act.
    case apiKeyNotAllowed = "api_key_not_allowed"
    /// The API key was made without the scope.
    case insufficientScope = "insufficient_scope"
    /// The current password, asked for again, is another one.
    case currentPasswordWrong = "current_password_wrong"
    /// The password was given too long ago for what is asked for, and not with the request.
    case reauthenticationRequired = "reauthentication_required"
    /// The owner's account cannot be given up.
    case ownerProtected = "owner_protected"
    /// `register` or `signup` is off, or `nativeSignin` is.
    case registrationClosed = "registration_closed"
    /// Setup without a code by anybody but the server's own user on this machine: the code is in the
    /// log of the start.
    case setupCodeMissing = "setup_code_missing"
    /// Setup with another code than that of the last start.
    case setupCodeWrong = "setup_code_wrong"
    /// A page of another site made a browser send it; check `websiteUrl` when it was your own.
    case crossOrigin = "cross_origin"
    /// A browser fetched the logout ahead of anybody following it.
    case prefetched = "prefetched"

    // MARK: 409

    /// The address has an account.
    case emailTaken = "email_taken"
    /// An owner exists.
    case alreadySetUp = "already_set_up"
    /// The database that setup names holds accounts: choose another name, or move it away.
    case databaseInUse = "database_in_use"
    /// The account was approved or declined already.
    case notPending = "not_pending"
    /// The account has as many API keys as its tier allows (`apiKeys.maximum`).
    case limitReached = "limit_reached"

    // MARK: 429

    /// Too many logins of one network.
    case loginLimit = "login_limit"
    /// Too many registrations and signups of one network.
    case signupLimit = "signup_limit"
    /// Too many attempts at setup of one network.
    case setupLimit = "setup_limit"
    /// One network asked for too many mails, or used too many links.
    case mailLimit = "mail_limit"
    /// One address was sent as many mails as it may be.
    case recipientLimit = "recipient_limit"
    /// Too many logins or password checks of the known devices and sessions of one account, where
    /// their network has none left.
    case deviceLoginLimit = "device_login_limit"
    /// Strangers gave too many wrong passwords for one account, wherever they are: somebody guesses.
    case failedLoginsLimit = "failed_logins_limit"
    /// Strangers of one network gave too many wrong passwords for one account.
    case failedLoginsOfNetworkLimit = "failed_logins_network_limit"
    /// A device or session known to the account gave too many wrong passwords.
    case failedLoginsOfDeviceLimit = "failed_logins_device_limit"
    /// Too many passwords of one network, one address or one account wait to be checked.
    case hashingLimit = "hashing_limit"
    /// Too many passwords, right or wrong, were given for one address by strangers, or for one account
    /// by the devices and sessions it knows.
    case hashingOfAddressLimit = "hashing_address_limit"
    /// Too many checks of the present password, beside logins, of one network.
    case passwordCheckLimit = "password_check_limit"
    /// Too many accounts were to be opened with one address, from whichever networks.
    case newAccountLimit = "signup_address_limit"
    /// The account has had the requests of its tier (`limits.tiers`).
    case tierLimit = "tier_limit"
    /// The account began too many sessions: a program that logs in again and again, or whoever has the
    /// password.
    case sessionLimit = "session_limit"
    /// The account made too many API keys.
    case apiKeyLimit = "api_key_limit"
    /// The account made too many invitations.
    case inviteLimit = "invite_limit"

    // MARK: 503

    /// More passwords wait to be checked than can be in time (`password.queueSeconds`): more cores, or
    /// somebody floods the login.
    case hashingQueueFull = "hashing_queue_full"
    /// More writes wait than the disk takes.
    case writeQueueFull = "write_queue_full"
    /// The queue of a worker lane is full, or too slow for one more to have its turn in time.
    case laneQueueFull = "lane_queue_full"
    /// The request waited in a queue for as long as it may.
    case waitedTooLong = "waited_too_long"
    /// `http.maximumConnections` are open and none of them is idle, or one peer holds a quarter.
    case tooManyConnections = "too_many_connections"
    /// The write did not come within its time: another process holds the database, or the disk is slow.
    case writeTimedOut = "write_timed_out"
    /// Another process holds the database.
    case databaseLocked = "database_locked"
    /// The disk, or the quota, is full.
    case diskFull = "disk_full"
    /// The disk fails to read or write: look at the log of the kernel.
    case diskFault = "disk_fault"
    /// Database, directory or file system cannot be written to.
    case readOnly = "read_only"
    /// The database is damaged: stop and restore it.
    case databaseCorrupt = "database_corrupt"
    /// Setup has moved the server to another database meanwhile.
    case databaseMoved = "database_moved"
    /// Another fault of the database; the `fault` line of the same id says which.
    case databaseFault = "database_fault"
    /// The process has no descriptor left (`LimitNOFILE`).
    case noDescriptor = "no_descriptor"
    /// The daemon is about to end.
    case closing = "closing"
    /// A file beside the database cannot be kept; the `fault` line of the same id names it.
    case fileFault = "file_fault"
    /// As many mails wait as there may: the mail server takes none, or somebody floods the outbox.
    case outboxFull = "outbox_full"
    /// A mail could not be sealed for the queue: no key, or OpenSSL failed.
    case mailNotSealed = "mail_not_sealed"
    /// `mail.transport` is `none`, and the request is of no use without a mail.
    case mailNotConfigured = "mail_not_configured"
    /// What should have been answered from memory was not there and could not be waited for.
    case notInMemory = "not_in_memory"
    /// `GET /readyz`: a check fails, which the answer names.
    case notReady = "not_ready"
}
