import Auth
import Mail
import Web

extension Check {
    /// The proxy in front of the running server, from outside.
    static let proxyChecks = ProxyRule.all.map { rule in
        Check("proxy.\(rule.subject)", rule.looksAt) { rule.examine($0.proxy) }
    }
}

/// A check of the proxy.
struct ProxyRule: Sendable {
    /// Its name behind `proxy.`.
    let subject: String
    /// What it looks at, as the documentation says it.
    let looksAt: String
    private let findings: @Sendable (ProxyFacts) -> [Finding]
    /// What the server saw where nothing is wrong.
    private let ok: @Sendable (ProxyFacts) -> String

    private init(
        _ subject: String, _ looksAt: String,
        _ findings: @escaping @Sendable (ProxyFacts) -> [Finding],
        ok: @escaping @Sendable (ProxyFacts) -> String
    ) {
        self.subject = subject
        self.looksAt = looksAt
        self.findings = findings
        self.ok = ok
    }

    /// Every rule, in the order of the checks.
    static let all = [
        ProxyRule(
            "client-address", "the server counts each client by its own address",
            \.clientFindings,
            ok: {
                "clients are counted by their own address, this machine as \($0.report.client ?? "unknown")"
            }),
        ProxyRule(
            "spoofed-fields", "forwarding fields of clients do not pass",
            \.spoofedFindings, ok: { _ in "forwarding fields of clients do not pass" }),
        ProxyRule(
            "scheme", "the server knows that clients use https",
            \.schemeFindings,
            ok: { "the server knows that clients use \($0.site.isSecure ? "https" : "http")" }),
        ProxyRule(
            "host", "the address leads to this server, and `Host` arrives as it was sent",
            \.hostFindings, ok: { "Host arrives as it was sent: \($0.report.host ?? "")" }),
        ProxyRule(
            "cookie", "cookies arrive with the attributes that the server set",
            \.cookieFindings, ok: { _ in "cookies arrive as they were set" }),
        ProxyRule(
            "keep-alive", "connections to the server are used again, and no POST is repeated",
            \.keepAliveFindings,
            ok: {
                let version = $0.first.receipt.version ?? "unknown"
                return "connections to the server are used again; clients speak HTTP/\(version)"
            }),
        ProxyRule(
            "body-limit", "a body of 64 KiB and 6 KiB of header fields pass",
            \.sizeFindings, ok: { _ in "bodies and header fields pass" }),
        ProxyRule(
            "timeouts", "late responses arrive, and the proxy closes idle connections first",
            \.timeoutFindings,
            ok: { _ in "late responses arrive; the proxy closes idle connections first" }),
        ProxyRule(
            "forward-auth",
            "applications (`forwardAuth.returnOrigins`) are not reached without sign-in, nor while lunauth fails",
            \.forwardAuthFindings, ok: { _ in "applications are not reached without lunauth" }),
        ProxyRule(
            "identity-fields", "`Remote-User` and its like of clients do not pass",
            \.identityFindings, ok: { _ in "identity fields of clients do not pass" }),
    ]

    /// Applies the rule.
    ///
    /// - Parameter proxy: What came of the requests through the proxy.
    /// - Returns: At least one finding.
    func examine(_ proxy: Result<ProxyFacts, ProxyObstacle>) -> [Finding] {
        switch proxy {
        case .success(let facts): findings(facts).orOK(ok(facts))
        case .failure(.notAsked): [.skipped("no --url was given")]
        case .failure(.unreached(let site, let result)) where subject == "host":
            [result.unreachedFinding(site)]
        case .failure(.unable(let reason)) where subject == "host":
            [.error(reason, advice: "mend that, and examine the server again")]
        case .failure: [.skipped("the server was not reached through the proxy")]
        }
    }
}

extension ProbeResult {
    /// That an address does not lead to the server.
    fileprivate func unreachedFinding(_ site: Origin) -> Finding {
        switch receipt.status {
        case nil:
            .error(
                "\(site) does not answer: \(failure)",
                advice: "check the name, the certificate, and whether the proxy runs")
        case 404?:
            .error(
                "\(site) does not lead to this server: it answers \(failure)",
                advice: """
                    let the proxy pass what is below /auth/ to this server, unchanged and with the field \
                    \(ProbePass.fieldName)
                    """)
        case _?:
            .error(
                "\(site) answers \(failure) in place of this server",
                advice: "check that the server runs, and that the proxy leads to it")
        }
    }
}
