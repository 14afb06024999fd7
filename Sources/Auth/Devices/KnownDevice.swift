public import Crypto

/// A browser or program that an account has signed in from, as its device cookie says.
///
/// It is no credential: it buys its holder some guesses at the password that strangers cannot use up
/// (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
public struct KnownDevice: Sendable, Equatable {
    /// Whose password it may guess at.
    public let accountID: UUID
    /// Random; the same for as long as the device signs in to this account.
    public let id: UUID
    /// Which password it was that the device knew.
    let password: PasswordMark

    /// Whether it knew the password that an account has now.
    ///
    /// A new password ends the trust in all devices: whoever knew the old one may have made any
    /// number of them, each with guesses of its own.
    func isTrusted(for credential: AccountCredential) -> Bool {
        accountID == credential.account.id && password == PasswordMark(credential.passwordHash)
    }
}

/// Tells one stored password from another; by a random salt, it says nothing about the password.
struct PasswordMark: Equatable {
    /// Bytes of a mark.
    static let count = 16

    let bytes: [UInt8]

    /// The mark of a stored password.
    init(_ hash: PasswordHash) {
        bytes = Array(SHA256.digest(hash.salt).bytes.prefix(Self.count))
    }

    /// A mark that was read.
    init(bytes: ArraySlice<UInt8>) {
        self.bytes = Array(bytes)
    }
}
