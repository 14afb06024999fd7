import Auth
import Mail
import Web

/// Sends what the checks of the proxy need to know, once.
struct ProxyExamination {
    /// The most content that the server takes, in bytes.
    static let maximumBodyBytes = 65_536
    /// What a browser sends beside some cookies, in bytes; every proxy takes it unless it was told otherwise.
    static let headBytes = 6_144
    /// Requests one after the other, over one connection of the client's.
    private static let seriesCount = 10
    /// How often a POST is dropped: proxies try again only over a connection that was used before, and of
    /// several processes of a proxy only some have one.
    private static let dropCount = 6

    private let probe: ProxyProbe
    private let expectations: ProxyFacts.Expectations
    private let pause: (Duration) -> Void

    /// An examination.
    ///
    /// - Parameters:
    ///   - probe: Asks the server.
    ///   - expectations: What the configuration says.
    ///   - pause: Waits while nothing may be sent.
    init(
        _ probe: ProxyProbe, expecting expectations: ProxyFacts.Expectations,
        pause: @escaping (Duration) -> Void
    ) {
        self.probe = probe
        self.expectations = expectations
        self.pause = pause
    }

    /// Sends everything.
    ///
    /// - Returns: What came of it; without a report of the first probe nothing else is sent, and that is all.
    /// - Throws: When the program that sends requests is of no use.
    func facts() throws(MailerError) -> Result<ProxyFacts, ProxyObstacle> {
        let first = try probe.send()
        guard let report = first.report else {
            return .failure(.unreached(probe.site, first))
        }
        let lateSeconds = min(expectations.queueSeconds + 1, ProbeGate.maximumDelay)
        return .success(
            ProxyFacts(
                site: probe.site, expectations: expectations, first: first, report: report,
                forged: try probe.send { $0.forges = true },
                series: try series(Self.seriesCount), isPostRepeated: try isPostRepeated(),
                body: try probe.send { $0.bodyBytes = Self.maximumBodyBytes },
                head: try probe.send {
                    $0.fields["X-Lunauth-Padding"] = String(repeating: "a", count: Self.headBytes)
                },
                late: try probe.send { $0.delay = lateSeconds }, lateSeconds: lateSeconds,
                idleness: try idleness(), visits: try visits()))
    }

    /// What the server saw of several probes in a row.
    private func series(_ count: Int) throws(MailerError) -> [ProbeReport] {
        var reports: [ProbeReport] = []
        for _ in 0..<count {
            if let report = try probe.send().report { reports.append(report) }
        }
        return reports
    }

    private func isPostRepeated() throws(MailerError) -> Bool {
        for _ in 0..<Self.dropCount {
            _ = try probe.send()
            let dropped = try probe.send {
                $0.bodyBytes = 2
                $0.drops = true
                // Elsewhere the client itself would try again.
                $0.isOnNewConnection = true
            }
            // Its pass was taken when it first arrived: what comes again is unknown to the server.
            if dropped.receipt.status == 404 { return true }
        }
        return false
    }

    private func idleness() throws(MailerError) -> ProxyFacts.Idleness {
        var idleness = ProxyFacts.Idleness()
        idleness.before = Set(try series(3).compactMap(\.port))
        // Over a Unix socket connections look alike.
        guard !idleness.before.isEmpty else { return idleness }
        idleness.waited = .milliseconds(expectations.idleSeconds * 800)
        pause(idleness.waited)
        idleness.after = Set(try series(3).compactMap(\.port))
        return idleness
    }

    private func visits() throws(MailerError) -> [ProxyFacts.Visit] {
        var visits: [ProxyFacts.Visit] = []
        for application in expectations.applications where application != probe.site {
            visits.append(
                ProxyFacts.Visit(
                    application: application,
                    stranger: try probe.visit(application, inOutage: false),
                    outage: try probe.visit(application, inOutage: true)))
        }
        return visits
    }
}

/// Why the proxy was not examined.
enum ProxyObstacle: Error {
    /// No origin was named.
    case notAsked
    /// The origin does not lead to the server; what came instead.
    case unreached(Origin, ProbeResult)
    /// The program that sends requests is of no use, or there is no key; why.
    case unable(String)
}
