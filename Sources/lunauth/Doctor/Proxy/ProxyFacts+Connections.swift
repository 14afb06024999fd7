import Auth
import Mail
import Web

/// What becomes of connections, sizes, times, and of requests to applications.
extension ProxyFacts {
    var keepAliveFindings: [Finding] {
        var findings: [Finding] = []
        let ports = Set(series.compactMap(\.port))
        let isClosed = series.contains { !$0.keepsConnection }
        // Two in three on a connection of their own: not only one that was just then closed.
        if isClosed || ports.count > 1 && ports.count * 3 > series.count * 2 {
            findings.append(
                .warning(
                    isClosed
                        ? "the proxy has the server close the connection after each request"
                        : "the proxy opens a connection to the server for each request",
                    advice: "enable keep-alive to the server: HTTP/1.1 without Connection: close"))
        }
        if isPostRepeated {
            findings.append(
                .error(
                    "the proxy repeats a POST whose connection was closed: it may be carried out twice",
                    advice: "let the proxy repeat no POST, whatever failed"))
        }
        return findings
    }

    var sizeFindings: [Finding] {
        var findings: [Finding] = []
        let bytes = ProxyExamination.maximumBodyBytes
        if body.report?.bodyBytes != bytes {
            findings.append(
                .error(
                    "a body of \(bytes / 1_024) KiB, which the server takes, ends with \(body.failure)",
                    advice: "let the proxy take 128 KiB: the server refuses larger bodies itself"))
        }
        if head.report == nil {
            findings.append(
                .warning(
                    "\(ProxyExamination.headBytes / 1_024) KiB of header fields end with \(head.failure)",
                    advice: "let the proxy take more: browsers send all cookies of a domain"))
        }
        return findings
    }

    var timeoutFindings: [Finding] {
        var findings: [Finding] = []
        if late.report == nil {
            findings.append(
                .error(
                    "a response that takes \(lateSeconds) s ends with \(late.failure)",
                    advice: "let the proxy wait for 30 s: a sign-in may wait for its turn to hash"))
        }
        if !idleness.before.isDisjoint(with: idleness.after) {
            findings.append(
                .error(
                    """
                    the proxy still uses a connection that was idle for \(idleness.waited.components.seconds) s; \
                    the server closes it after \(expectations.idleSeconds) s
                    """,
                    advice: "let the proxy close idle connections first, after about a minute"))
        }
        return findings
    }

    var forwardAuthFindings: [Finding] {
        guard !visits.isEmpty else {
            return [.skipped("forwardAuth.returnOrigins names no application")]
        }
        return visits.flatMap(findings)
    }

    private func findings(of visit: Visit) -> [Finding] {
        let application = visit.application
        guard let status = visit.stranger.status else {
            return [
                .warning(
                    "\(application) does not answer: \(visit.stranger.detail ?? "no response")",
                    advice: "check the name, the certificate, and forwardAuth.returnOrigins")
            ]
        }
        if isReached(visit.stranger) {
            return [
                .error(
                    "\(application)/ answers \(status) to a visitor who has not signed in",
                    advice: "let the proxy ask lunauth first, and pass no request that it refuses")
            ]
        }
        guard isReached(visit.outage) else { return [] }
        return [
            .error(
                "\(application)/ answers \(visit.outage.status ?? 0) while lunauth fails",
                advice: "let the proxy pass a request only where lunauth answers 200")
        ]
    }

    /// Whether a response may be the application's: neither a refusal of lunauth or the proxy, nor a
    /// redirect to where people sign in.
    private func isReached(_ receipt: WebReceipt) -> Bool {
        guard let status = receipt.status else { return false }
        switch status {
        case 401, 403, 500...599: return false
        case 300...399:
            let location = receipt.fields["location"] ?? ""
            return ![site, expectations.website].compactMap(\.self).contains { origin in
                location.hasPrefix("\(origin)/")
            }
        default: return true
        }
    }
}
