/// Which passwords a new account may have (NIST SP 800-63B-4 §3.1.1.2: length and a blocklist, no
/// composition rules).
public struct PasswordPolicy: Sendable {
    /// The fewest Unicode scalars.
    public var minimumLength: Int
    /// The most Unicode scalars.
    public static let maximumLength = 256
    /// The most bytes that are examined: a password of 256 scalars stays below that in any normalization
    /// form, and normalizing more would cost more than hashing.
    static let maximumBytes = 4_096

    /// Creates a policy.
    public init(minimumLength: Int) {
        self.minimumLength = minimumLength
    }

    /// What is wrong with a new password; nil if it is acceptable.
    ///
    /// - Parameters:
    ///   - password: The password, as submitted.
    ///   - email: The email of the account, if it is well-formed.
    ///   - name: The name of the account, if it is known.
    /// - Returns: The rule that it breaks.
    func objection(
        to password: String, email: Email?, name: String?
    ) -> InvalidInput.Rule? {
        guard password.utf8.count <= Self.maximumBytes else {
            return .passwordTooLong(
                length: password.unicodeScalars.count, maximum: Self.maximumLength)
        }
        let normalized = password.normalizedToFormC
        let length = normalized.unicodeScalars.count
        guard length >= minimumLength else {
            return .passwordTooShort(length: length, minimum: minimumLength)
        }
        guard length <= Self.maximumLength else {
            return .passwordTooLong(length: length, maximum: Self.maximumLength)
        }
        let folded = normalized.lowercased()
        let personal = [email?.address, email.map { String($0.localPart) }, name]
        if personal.contains(where: { $0?.normalizedToFormC.lowercased() == folded }) {
            return .passwordIsPersonal
        }
        return CommonPasswords.contains(normalized) ? .commonPassword : nil
    }
}
