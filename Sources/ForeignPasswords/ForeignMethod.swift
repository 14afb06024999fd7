/// A hash of one form, with its parameters in bounds.
protocol ForeignMethod: Sendable {
    /// The name of the form: lower-case letters, digits and dashes.
    var form: String { get }
    /// What determines the work of a check, without salt and key; no colon.
    var cost: String { get }
    /// The hash without the key: form, cost and salt.
    var setting: String { get }
    /// The hash in its canonical form, which reads back as this value.
    var text: String { get }
    /// A hash of the same cost that no known password has.
    var decoy: Self { get }

    /// Whether the hash is that of a password, compared in constant time.
    ///
    /// - Parameter password: The bytes as they were entered; the caller wipes them.
    /// - Returns: Whether it is; the work is the same either way.
    /// - Throws: For want of memory.
    func matches(_ password: [UInt8]) throws(ForeignHashFault) -> Bool
}
