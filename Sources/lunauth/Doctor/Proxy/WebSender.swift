import Mail

/// Sends requests to a website; the tests have one of their own.
protocol WebSender {
    /// Sends a request.
    ///
    /// - Parameter order: The request.
    /// - Returns: Its response, or why there was none.
    /// - Throws: When the program that sends it is of no use.
    func send(_ order: WebOrder) throws(MailerError) -> WebReceipt
}

/// The mailer's program as a client of the website: it has libcurl, this one links no TLS.
struct WebClientProcess: WebSender {
    /// How long a request may take: longer than the server may be asked to delay its response.
    private static let requestSeconds = 45
    /// How long the program may take to start.
    private static let startLimit = Duration.seconds(10)

    private let process: MailerProcess

    /// Starts the program.
    ///
    /// - Parameters:
    ///   - address: The address that is connected to; nil for the one that a name leads to.
    ///   - caFile: The authorities that are trusted instead of the system's.
    /// - Throws: When it cannot be started, or not used with this file.
    init(address: String?, caFile: String?) throws(MailerError) {
        process = try MailerProcess(
            path: Environment.programDirectory + "/lunauth-mailer",
            configuration: MailerOpening.web(
                WebClientConfiguration(
                    address: address, caFile: caFile, timeoutSeconds: Self.requestSeconds)),
            within: Self.startLimit, end: ShutdownDeadline())
    }

    func send(_ order: WebOrder) throws(MailerError) -> WebReceipt {
        // The program itself ends a request that takes too long; this is for one that hangs.
        try process.exchange(
            order, for: WebReceipt.self, within: .seconds(Self.requestSeconds + 5))
    }
}
