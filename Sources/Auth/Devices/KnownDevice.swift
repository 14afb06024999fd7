public import Crypto

/// A browser or program that has signed in to an account before, identified by its device cookie.
///
/// It is not a credential: it entitles its owner to guesses at the password that unknown clients
/// cannot use up (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
public struct KnownDevice: Sendable, Equatable {
    /// The account.
    public let accountID: UUID
    /// Random; constant while the device signs in to this account.
    public let id: UUID
    /// The mark of the password that the device knew.
    let password: PasswordMark

    /// Whether it knew the account's current password.
    ///
    /// A new password ends the trust in all devices: an attacker with the old one may have created any
    /// number of them, each with its own guesses.
    func isTrusted(for credential: AccountCredential) -> Bool {
        accountID == credential.account.id
            && password == credential.passwordHash.map(PasswordMark.init)
    }
}

/// Identifies a stored password hash; made of its random salt, it reveals nothing about the password.
struct PasswordMark: Equatable {
    /// The bytes of a mark.
    static let count = 16

    let bytes: [UInt8]

    /// The mark of a stored password hash.
    init(_ hash: PasswordHash) {
        bytes = Array(SHA256.digest(hash.salt).bytes.prefix(Self.count))
    }

    /// A mark that was read from a cookie.
    init(bytes: ArraySlice<UInt8>) {
        self.bytes = Array(bytes)
    }
}
