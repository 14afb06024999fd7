/// Where a request comes from, as far as the domain wants to know.
public struct ClientContext: Sendable, Equatable {
    /// What it counts as for the limits.
    public let network: Throttle.Network
    /// Its address as text; nil for a process of this machine.
    public let address: String?
    /// What it says it is: printable, at most `maximumUserAgentBytes` bytes of UTF-8.
    public let userAgent: String?
    /// What it is known as, by its device cookie; whether to the account at hand, is to be seen.
    public let device: KnownDevice?
    /// How the request was admitted by what its network may do.
    public let admission: Throttle.Admission

    /// The most that is kept of a User-Agent.
    public static let maximumUserAgentBytes = 256

    /// The command line on the server's own machine.
    public static let commandLine = ClientContext(network: .local, address: nil, userAgent: nil)

    /// A context from its parts.
    public init(
        network: Throttle.Network, address: String?, userAgent: String?, device: KnownDevice? = nil,
        admission: Throttle.Admission = .network
    ) {
        self.device = device
        self.admission = admission
        self.network = network
        self.address = address
        self.userAgent = userAgent
    }
}

extension ClientContext {
    /// What a mail says about who did something.
    ///
    /// - Parameter time: When.
    /// - Returns: `time`, `device` and `address`.
    func values(at time: Timestamp) -> [String: String] {
        [
            "time": time.readable, "device": Device.label(ofUserAgent: userAgent),
            "address": address ?? "unknown",
        ]
    }
}
