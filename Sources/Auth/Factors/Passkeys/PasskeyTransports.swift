/// How a browser reaches an authenticator (WebAuthn Level 3 §5.8.4); words that are unknown here are left out.
struct PasskeyTransports: OptionSet, Sendable {
    let rawValue: UInt8

    private static let known = ["usb", "nfc", "ble", "smart-card", "hybrid", "internal"]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The transports of these names.
    init(names: [String]) {
        self = []
        for (bit, name) in Self.known.enumerated() where names.contains(name) {
            insert(PasskeyTransports(rawValue: 1 << UInt8(bit)))
        }
    }

    /// The names, in one order.
    var names: [String] {
        Self.known.enumerated().filter {
            contains(PasskeyTransports(rawValue: 1 << UInt8($0.offset)))
        }.map(\.element)
    }
}
