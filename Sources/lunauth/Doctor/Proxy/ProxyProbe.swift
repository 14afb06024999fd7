import Auth
import Crypto
import HTTP
import JSON
import Mail
import Web

/// Asks the server through the proxy what it sees.
struct ProxyProbe {
    /// The public origin of the server.
    let site: Origin
    private let key: Secret
    private let sender: any WebSender
    private let now: () -> Timestamp

    /// A probe of a site.
    ///
    /// - Parameters:
    ///   - site: The public origin of the server.
    ///   - key: The key of passes.
    ///   - sender: Sends the requests.
    ///   - now: The clock of the server.
    init(
        site: Origin, key: Secret, sender: any WebSender,
        now: @escaping () -> Timestamp = WallClock.now
    ) {
        self.site = site
        self.key = key
        self.sender = sender
        self.now = now
    }

    /// What a probe is to be.
    struct Options {
        /// Whether it has the fields that no client may forge.
        var forges = false
        /// More fields.
        var fields: [String: String] = [:]
        /// Content that is posted, in bytes; nil for GET.
        var bodyBytes: Int?
        /// How long the server waits before it responds, in seconds.
        var delay = 0
        /// Whether the server closes the connection instead.
        var drops = false
        /// Whether it goes over a connection of its own, by HTTP/1.1.
        var isOnNewConnection = false
    }

    /// Sends a probe.
    ///
    /// - Parameter edit: Sets its options.
    /// - Returns: What became of it.
    /// - Throws: As `WebSender`.
    func send(_ edit: (inout Options) -> Void = { _ in }) throws(MailerError) -> ProbeResult {
        var options = Options()
        edit(&options)
        let pass = ProbePass(at: now())
        let method: Method = options.bodyBytes == nil ? .get : .post
        let query =
            options.drops ? "?drop=1" : options.delay > 0 ? "?delay=\(options.delay)" : ""
        let target = ProbeGate.path + query
        var fields = options.fields
        fields[ProbePass.fieldName] = pass.text(for: method, target, key: key)
        if options.forges {
            for canary in ProbeCanary.allCases { fields[canary.rawValue] = canary.value(for: pass) }
        }
        let receipt = try sender.send(
            WebOrder(
                method == .get ? .get : .post, "\(site)\(target)", fields: fields,
                bodyBytes: options.bodyBytes ?? 2, isOnNewConnection: options.isOnNewConnection))
        let report =
            receipt.status == 200
            ? (try? JSONValue.decode(Array(receipt.body.utf8))).flatMap(ProbeReport.init) : nil
        return ProbeResult(receipt: receipt, report: report)
    }

    /// Requests the root of an application.
    ///
    /// - Parameters:
    ///   - application: Its origin.
    ///   - isOutage: Whether lunauth is to fail when the proxy asks it about the request.
    /// - Returns: The response.
    /// - Throws: As `WebSender`.
    func visit(_ application: Origin, inOutage isOutage: Bool) throws(MailerError) -> WebReceipt {
        let credential = ProbeGate.outageCredential(at: now(), key: key)
        return try sender.send(
            WebOrder(
                .get, "\(application)/",
                fields: isOutage ? ["Authorization": "Bearer \(credential)"] : [:]))
    }
}
