package import Auth

/// Who may call an endpoint; enforced before its handler runs.
package enum AccessRule: Sendable, Equatable {
    /// Any client; credentials are not read.
    case anyone
    /// Any client; the handler reads credentials where they are sent.
    case optionalCredentials
    /// A caller with a valid credential, whatever the status of the account.
    case account(Access)
    /// A caller with a valid credential of an account that may be used.
    case activeAccount(Access)
    /// A caller with a session of an account that may be used; the verb that renews its token checks it.
    case session
    /// The holder of a session of an account that may be used; also the client of a sign-in that waits for
    /// a factor, which sends its `challenge`: the handler finds out which.
    case personOrSignIn
    /// The owner and administrators.
    case administrator(Access)
    /// The owner and administrators, and clients with the token of the link that the owner was mailed.
    case administratorOrLink(Access)
    /// A caller with a valid credential that meets what the query requires; the handler checks it.
    case forwardAuth
    /// The doctor, with a pass for this one request; for any other client the path does not exist. The
    /// endpoint declares which requests exist, and its handler takes the pass.
    case probe
}
