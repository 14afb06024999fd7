/// What an event reports: a closed list, which the documentation explains.
public enum EventKind: String, Sendable, CaseIterable {
    /// An account was signed in.
    case sessionCreated = "session.created"
    /// One session ended before its time.
    case sessionEnded = "session.ended"
    /// Several sessions of an account ended at once.
    case sessionsEnded = "sessions.ended"
    /// A wrong password, code or passkey; repeats are gathered.
    case loginFailed = "login.failed"
    /// An attempt was refused after too many failures.
    case loginLocked = "login.locked"
    /// A password was changed by its holder.
    case passwordChanged = "password.changed"
    /// A password was set by a mailed link, or by the operator.
    case passwordReset = "password.reset"
    /// An account went on without a password.
    case passwordRemoved = "password.removed"
    /// The address of an account became another.
    case emailChanged = "email.changed"
    /// The holder of a mailbox confirmed its address.
    case emailConfirmed = "email.confirmed"
    /// The holder of a mailbox rejected an account with its address.
    case emailRejected = "email.rejected"
    /// An authenticator app or a passkey was added.
    case factorAdded = "factor.added"
    /// A passkey has another name.
    case factorRenamed = "factor.renamed"
    /// An authenticator app or a passkey was removed by its holder.
    case factorRemoved = "factor.removed"
    /// All factors of an account were removed by an administrator, the operator or a restore.
    case factorsReset = "factors.reset"
    /// A recovery code was used up.
    case recoveryCodeUsed = "recovery_code.used"
    /// The recovery codes of an account became others.
    case recoveryCodesReplaced = "recovery_codes.replaced"
    /// A browser is trusted at sign-in.
    case trustGiven = "trust.given"
    /// Browsers are trusted no longer.
    case trustEnded = "trust.ended"
    /// An API key was made.
    case apiKeyCreated = "apikey.created"
    /// An API key was revoked.
    case apiKeyRevoked = "apikey.revoked"
    /// An account was made.
    case userCreated = "user.created"
    /// An account was approved.
    case userApproved = "user.approved"
    /// An account was declined.
    case userDeclined = "user.declined"
    /// An account has another role.
    case userRoleChanged = "user.role_changed"
    /// An account has another tier.
    case userTierChanged = "user.tier_changed"
    /// An account was disabled.
    case userDisabled = "user.disabled"
    /// An account was enabled again.
    case userEnabled = "user.enabled"
    /// An account has another name.
    case userRenamed = "user.renamed"
    /// An account was deleted.
    case userDeleted = "user.deleted"
    /// The failures of an account were forgotten.
    case userUnlocked = "user.unlocked"
    /// Another account became the owner.
    case ownershipTransferred = "ownership.transferred"
    /// An invitation was made.
    case inviteCreated = "invite.created"
    /// An invitation was revoked, paused or resumed.
    case inviteChanged = "invite.changed"
    /// An account was made with an invitation.
    case inviteRedeemed = "invite.redeemed"
    /// A setting has another value.
    case settingsChanged = "settings.changed"
    /// A mail that waited was dropped.
    case mailDropped = "mail.dropped"
    /// A mail that was given up is tried again.
    case mailRetried = "mail.retried"
    /// The data of an account were exported.
    case accountExported = "account.exported"
    /// All accounts left the server in a file, with their password hashes.
    case accountsExported = "accounts.exported"
    /// The server was set up.
    case setupCompleted = "setup.completed"
    /// The secret key was replaced.
    case secretRotated = "secret.rotated"
    /// The keys of this record were replaced.
    case auditKeyRotated = "audit.key_rotated"
    /// Old events were deleted.
    case auditPurged = "audit.purged"
    /// The database was restored from a backup.
    case backupRestored = "backup.restored"
}
