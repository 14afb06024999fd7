@testable import WebAuthn

extension PublicKey {
    /// The key in COSE, as authenticator data have it.
    var members: [(CBORValue, CBORValue)] {
        switch algorithm {
        case .es256:
            [
                (.integer(1), .integer(2)), (.integer(3), .integer(-7)),
                (.integer(-1), .integer(1)), (.integer(-2), .bytes(Array(bytes.prefix(32)))),
                (.integer(-3), .bytes(Array(bytes.suffix(32)))),
            ]
        case .edDSA:
            [
                (.integer(1), .integer(1)), (.integer(3), .integer(-8)),
                (.integer(-1), .integer(6)), (.integer(-2), .bytes(bytes)),
            ]
        case .rs256:
            [
                (.integer(1), .integer(3)), (.integer(3), .integer(-257)),
                (.integer(-1), .bytes(Array(bytes.prefix(256)))),
                (.integer(-2), .bytes(Array(bytes.suffix(3)))),
            ]
        }
    }
}
