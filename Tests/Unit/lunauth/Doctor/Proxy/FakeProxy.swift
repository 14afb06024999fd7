import Auth
import Crypto
import HTTP
import JSON
import Mail
import Synchronization
import TestSupport

@testable import Web
@testable import lunauth

/// A proxy and the server behind it, as one function: what is wrong with the proxy is set.
final class FakeProxy: WebSender {
    let key = Secret.random()
    /// What the server reports of a request through a proxy that is configured right.
    var report = ProbeReport(
        peer: "127.0.0.1", port: 40_000, isTrusted: true, client: "192.0.2.9", namesClient: true,
        namesScheme: true, isSecure: true, host: "auth.example.com", keepsConnection: true,
        bodyBytes: 0, canaries: [], cookie: "a=b; Path=/; SameSite=Lax; Secure")
    /// What the client gets of the server's cookie; nil for what the server set.
    var cookie: String?
    /// The fields of clients that the proxy passes.
    var passes: [ProbeCanary] = []
    /// The largest body that it takes.
    var maximumBody = 131_072
    /// The most bytes of a field.
    var maximumField = 8_192
    /// How many seconds it waits for a response.
    var timeout = 30
    /// How many milliseconds it keeps idle connections.
    var idle = 60_000
    /// Whether it uses a connection for several requests.
    var keepsConnections = true
    /// Whether it sends a POST once more.
    var repeats = false
    /// Statuses of an application, for a stranger and while lunauth is down; with Location.
    var application: (stranger: Int, outage: Int, location: String?) = (401, 500, nil)
    /// What there is instead of a server.
    var answersAlways: WebReceipt?

    private(set) var orders: [WebOrder] = []
    private(set) var waited = Duration.zero
    private var connections = 0
    private var idleSince = Duration.zero

    func send(_ order: WebOrder) throws(MailerError) -> WebReceipt {
        orders.append(order)
        if let answersAlways { return answersAlways }
        if order.url.hasPrefix("https://app.") { return visit(order) }
        return probe(order)
    }

    func pause(_ duration: Duration) { waited += duration }

    private func visit(_ order: WebOrder) -> WebReceipt {
        guard order.fields["Authorization"] == nil else {
            return WebReceipt(status: application.outage)
        }
        return WebReceipt(
            status: application.stranger,
            fields: application.location.map { ["location": $0] } ?? [:])
    }

    private func probe(_ order: WebOrder) -> WebReceipt {
        let bytes = order.method == .post ? order.bodyBytes : 0
        if bytes > maximumBody { return WebReceipt(status: 413) }
        if order.fields.values.contains(where: { $0.utf8.count > maximumField }) {
            return WebReceipt(status: 400)
        }
        if order.url.hasSuffix("?drop=1") { return WebReceipt(status: repeats ? 404 : 502) }
        if let delay = order.url.split(separator: "?delay=").dropFirst().first.flatMap({ Int($0) }),
            delay > timeout
        {
            return WebReceipt(status: 504)
        }
        if !keepsConnections || waited - idleSince > .milliseconds(idle) { connections += 1 }
        idleSince = waited
        var report = report
        report.port = 40_000 + connections
        report.bodyBytes = bytes
        if order.fields["Remote-User"] != nil { report.canaries = passes }
        return WebReceipt(
            status: 200, body: String(decoding: report.json.encoded(), as: UTF8.self),
            fields: ["set-cookie": cookie ?? report.cookie], version: "2",
            localAddress: "192.0.2.9")
    }
}
