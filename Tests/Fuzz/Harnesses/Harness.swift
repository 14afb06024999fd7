/// One thing that is fuzzed: bytes as they come from outside go in, and what must hold for any bytes
/// is checked.
///
/// Each has a folder of its name in `Corpora`.
public enum Harness: String, Sendable, CaseIterable {
    /// Heads and bodies of requests, one behind the other.
    case request
    /// The same bytes whole and in pieces.
    case cuts
    /// The chunked transfer coding beside another reading of it.
    case chunked
    /// A JWT as it stands in a request.
    case token
    /// Header and payload of a JWT whose MAC holds.
    case claims
    /// PHC strings.
    case phc
    /// JSON texts.
    case json
    /// A request to an endpoint, with any body.
    case bodies
    /// A whole request, head and body, answered.
    case exchange
    /// Cookie fields.
    case cookies
    /// Forwarding fields.
    case forwarding
    /// A configuration file and variables.
    case configuration
    /// What the daemon and its mailer say to each other.
    case frames
    /// The variables by which systemd hands listening sockets over.
    case sockets
    /// The small texts: ids, addresses, origins, emails, cursors, lengths of time.
    case texts

    /// Feeds it an input.
    ///
    /// - Parameter input: Any bytes.
    /// - Throws: What does not hold.
    public func run(_ input: [UInt8]) throws(BrokenProperty) {
        switch self {
        case .request: try RequestHarness.run(input)
        case .cuts: try CutsHarness.run(input)
        case .chunked: try ChunkedHarness.run(input)
        case .token: try TokenHarness.run(input)
        case .claims: try ClaimsHarness.run(input)
        case .phc: try PasswordHashHarness.run(input)
        case .json: try JSONHarness.run(input)
        case .bodies: try BodyHarness.run(input)
        case .exchange: try ExchangeHarness.run(input)
        case .cookies: try CookieHarness.run(input)
        case .forwarding: try ForwardingHarness.run(input)
        case .configuration: try ConfigurationHarness.run(input)
        case .frames: try FrameHarness.run(input)
        case .sockets: try InheritedSocketsHarness.run(input)
        case .texts: try TextHarness.run(input)
        }
    }
}
