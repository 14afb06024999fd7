/// The client of a request, as far as the domain needs it.
public struct ClientContext: Sendable, Equatable {
    /// The network that limits count.
    public let network: Throttle.Network
    /// Its address as text; nil for a process on this machine.
    public let address: String?
    /// Its User-Agent: printable, at most `maximumUserAgentBytes` bytes of UTF-8.
    public let userAgent: String?
    /// The device of its device cookie; it may belong to another account than the request.
    public let device: KnownDevice?
    /// How the request was admitted by the limit of its network.
    public let admission: Throttle.Admission

    /// The most bytes of a User-Agent that are kept.
    public static let maximumUserAgentBytes = 256

    /// The command line on the server's machine.
    public static let commandLine = ClientContext(network: .local, address: nil, userAgent: nil)

    /// Creates a context.
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
    /// The values of a mail that describe the client.
    ///
    /// - Parameters:
    ///   - time: The time of the request.
    ///   - language: The language of the mail.
    /// - Returns: `time`, `device` and `address`.
    func values(at time: Timestamp, in language: Language) -> [String: String] {
        [
            "time": time.readable,
            "device": Device.label(ofUserAgent: userAgent, in: language),
            "address": address ?? language.unknownAddress,
        ]
    }
}
