import Auth
import Mail
import Web

/// What came of the requests that the doctor sent through the proxy, and what they are measured by.
struct ProxyFacts: Sendable {
    /// What the configuration of the server says that concerns the proxy.
    struct Expectations: Sendable {
        /// Which forwarding fields the server reads.
        var fields = ProxyTrust.Fields.xForwarded
        /// How long the server keeps idle connections, in seconds.
        var idleSeconds = 150
        /// How long a request may wait for its turn to hash, in seconds.
        var queueSeconds = 5
        /// Where people sign in, beside the site itself.
        var website: Origin?
        /// Applications behind forward-auth.
        var applications: [Origin] = []
    }

    /// What became of requests that a server was idle between.
    struct Idleness: Sendable {
        /// The ports of the proxy before the wait.
        var before: Set<Int> = []
        /// How long nothing was sent.
        var waited = Duration.zero
        /// The ports of the proxy after it.
        var after: Set<Int> = []
    }

    /// What an application behind forward-auth answers.
    struct Visit: Sendable {
        let application: Origin
        /// To a visitor who has not signed in.
        let stranger: WebReceipt
        /// While lunauth fails.
        let outage: WebReceipt
    }

    /// The public origin through which requests were sent.
    let site: Origin
    /// What they are measured by.
    let expectations: Expectations
    /// A probe as any client would send it.
    let first: ProbeResult
    /// What the server saw of it.
    let report: ProbeReport
    /// A probe with the fields that no client may forge.
    var forged: ProbeResult
    /// What the server saw of several in a row, over one connection of the client's.
    var series: [ProbeReport]
    /// Whether a POST arrived again whose connection the server had closed.
    var isPostRepeated: Bool
    /// A probe with the most content that the server takes.
    var body: ProbeResult
    /// A probe with many bytes of header fields.
    var head: ProbeResult
    /// A probe that the server answered late.
    var late: ProbeResult
    /// How many seconds late.
    var lateSeconds: Int
    /// Connections that were idle.
    var idleness: Idleness
    /// The applications.
    var visits: [Visit]
}

/// What became of a probe.
struct ProbeResult: Sendable {
    /// The response.
    let receipt: WebReceipt
    /// What the server saw; nil where the response is not from the server.
    let report: ProbeReport?

    /// What came instead of a report, for a sentence.
    var failure: String {
        receipt.status.map { "status \($0)" } ?? receipt.detail ?? "no response"
    }
}
