/// A fuzz target: bytes from outside go in, and the properties that hold for all bytes are checked.
///
/// Each has a folder of its name in `Corpora`.
public enum Harness: String, Sendable, CaseIterable {
    /// Heads and bodies of requests, one after another.
    case request
    /// The same bytes whole and in pieces.
    case cuts
    /// The chunked transfer coding, compared with another reader.
    case chunked
    /// A JWT as in a request.
    case token
    /// Header and payload of a JWT with a valid MAC.
    case claims
    /// PHC strings.
    case phc
    /// Password hashes of other systems.
    case foreignHashes = "foreign-hashes"
    /// Files of other systems that accounts are imported from, and exports.
    case imports
    /// JSON texts.
    case json
    /// A request to an endpoint, with any body.
    case bodies
    /// A complete request with its response.
    case exchange
    /// Cookie header fields.
    case cookies
    /// Forms, as pages post them.
    case forms
    /// Accept-Language header fields.
    case languages
    /// Addresses to return to after sign-in.
    case returns
    /// Forwarding header fields.
    case forwarding
    /// A configuration file and variables.
    case configuration
    /// The frames between the daemon and its mailer.
    case frames
    /// The variables by which systemd passes listening sockets.
    case sockets
    /// Small texts: ids, addresses, origins, emails, cursors, durations.
    case texts
    /// Codes of authenticator apps and for recovery, Base32 and QR Codes.
    case codes
    /// Exports of the record of events, and checkpoints.
    case audit
    /// What browsers state about the ceremony of a passkey.
    case clientData = "client-data"
    /// What authenticators state, and signatures.
    case authenticatorData = "authenticator-data"
    /// What authenticators state about passkeys that they made.
    case attestations

    /// Runs an input.
    ///
    /// - Parameter input: Any bytes.
    /// - Throws: The violated property.
    public func run(_ input: [UInt8]) throws(BrokenProperty) {
        switch self {
        case .request: try RequestHarness.run(input)
        case .cuts: try CutsHarness.run(input)
        case .chunked: try ChunkedHarness.run(input)
        case .token: try TokenHarness.run(input)
        case .claims: try ClaimsHarness.run(input)
        case .phc: try PasswordHashHarness.run(input)
        case .foreignHashes: try ForeignHashHarness.run(input)
        case .imports: try ImportHarness.run(input)
        case .json: try JSONHarness.run(input)
        case .bodies: try BodyHarness.run(input)
        case .exchange: try ExchangeHarness.run(input)
        case .cookies: try CookieHarness.run(input)
        case .forms: try FormHarness.run(input)
        case .languages: try LanguageHarness.run(input)
        case .returns: try ReturnHarness.run(input)
        case .forwarding: try ForwardingHarness.run(input)
        case .configuration: try ConfigurationHarness.run(input)
        case .frames: try FrameHarness.run(input)
        case .sockets: try InheritedSocketsHarness.run(input)
        case .texts: try TextHarness.run(input)
        case .codes: try CodeHarness.run(input)
        case .audit: try AuditHarness.run(input)
        case .clientData: try ClientDataHarness.run(input)
        case .authenticatorData: try AuthenticatorDataHarness.run(input)
        case .attestations: try AttestationHarness.run(input)
        }
    }
}
