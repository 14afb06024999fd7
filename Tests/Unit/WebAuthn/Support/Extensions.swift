/// Extensions as authenticators add them to their data, asked or not.
enum Extensions {
    /// Those that libfido2 knows, as authenticators make them in a registration.
    static let known: [(name: String, map: CBORValue)] = [
        ("protection", .map([(.text("credProtect"), .integer(2))])),
        ("a secret", .map([(.text("hmac-secret"), .raw([0xF5]))])),
        ("a PIN of four digits", .map([(.text("minPinLength"), .integer(4))])),
        ("a blob", .map([(.text("credBlob"), .raw([0xF5]))])),
    ]

    /// Those that no rule here knows.
    static let ignored: [(name: String, map: CBORValue)] = [
        ("no extensions", .map([])),
        ("an unknown extension", .map([(.text("unknown"), .integer(-1))])),
        (
            "verification methods",
            .map([
                (.text("uvm"), .array([.array([.integer(2), .integer(4), .integer(2)])]))
            ])
        ),
        ("all kinds of values", .map([(.text("unknown"), .array(values))])),
        ("64 extensions", .map((0..<64).map { (.text("extension \($0)"), .integer($0)) })),
    ]

    /// Those that libfido2 knows, with values of other types, and names that are no text.
    static let odd: [(name: String, map: CBORValue)] =
        ["credProtect", "hmac-secret", "minPinLength", "credBlob", "largeBlobKey"]
        .flatMap { name in
            values.enumerated().map { index, value in
                ("\(name) with value \(index)", .map([(.text(name), value)]))
            }
        }
        + values.enumerated().map { index, value in
            ("name \(index)", .map([(value, .integer(1))]))
        }

    /// An extension that has so many bytes with all that is around it: 262 to 65,541.
    static func padding(_ count: Int) -> CBORValue {
        // The head of the map, the name, the head of the value.
        .map([(.text("a"), .bytes([UInt8](repeating: 1, count: count - 6)))])
    }

    /// One value of each kind, and the limits of the integers.
    private static let values: [CBORValue] = [
        .integer(0), .integer(4), .integer(.max), .integer(.min), .integer(1 << 32),
        .bytes([]), .bytes([UInt8](repeating: 1, count: 32)),
        .bytes([UInt8](repeating: 1, count: 64)), .text(""), .text("é"), .text("a\u{0}b"),
        .array([]), .map([]), .map([(.integer(1), .integer(1))]),
        // false, true, null, undefined, 1.5 as half, single and double, NaN.
        .raw([0xF4]), .raw([0xF5]), .raw([0xF6]), .raw([0xF7]),
        .raw([0xF9, 0x3E, 0]), .raw([0xFA, 0x3F, 0xC0, 0, 0]),
        .raw([0xFB, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0]), .raw([0xF9, 0x7E, 0]),
        // Numbers in more bytes than they need.
        .raw([0x18, 1]), .raw([0x1B, 0, 0, 0, 0, 0, 0, 0, 1]),
    ]
}
