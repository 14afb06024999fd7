import HTTP

/// What the server sees of a probe: the other end of the connection, what it concludes of it, and
/// nothing of what else the request contains.
package struct ProbeReport: Sendable, Equatable {
    /// The address of the proxy; nil over a Unix socket.
    package var peer: String?
    /// The port of the proxy, by which its connections differ; nil over a Unix socket.
    package var port: Int?
    /// Whether the proxy is trusted to name the client.
    package var isTrusted: Bool
    /// The address of the client, as the server counts it; nil over a Unix socket.
    package var client: String?
    /// Whether the proxy named the client.
    package var namesClient: Bool
    /// Whether the proxy said by which scheme the client came.
    package var namesScheme: Bool
    /// Whether the server takes the client to use https.
    package var isSecure: Bool
    /// Host, as it arrived; nil without one.
    package var host: String?
    /// Whether the proxy keeps the connection for further requests.
    package var keepsConnection: Bool
    /// How many bytes of content arrived.
    package var bodyBytes: Int
    /// The forged fields that arrived.
    package var canaries: [ProbeCanary]
    /// The cookie of this response: the value of its Set-Cookie field.
    package var cookie: String
}

extension RequestContext {
    /// What the server sees of this request.
    ///
    /// - Parameters:
    ///   - pass: The pass of the request.
    ///   - cookie: What the response sets.
    /// - Returns: The report.
    package func probeReport(_ pass: ProbePass, cookie: String) -> ProbeReport {
        let trust = configuration.proxies.current
        let port: Int? =
            switch request.peer {
            case .address(_, let port): Int(port)
            case .local: nil
            }
        return ProbeReport(
            peer: request.peer.address?.description, port: port,
            isTrusted: trust.trusts(request.peer), client: client.address?.description,
            namesClient: client.isNamed(in: request, trust),
            namesScheme: request.saysScheme(trust), isSecure: client.isSecure,
            host: request.authority.map { String(decoding: $0, as: UTF8.self) },
            keepsConnection: request.isPersistent, bodyBytes: request.body.count,
            canaries: ProbeCanary.passed(in: request, pass), cookie: cookie)
    }

    /// The cookie that a probe is answered with: one that is as the session cookie in everything but
    /// name and value.
    ///
    /// - Parameter pass: The pass of the request.
    /// - Returns: The value of a Set-Cookie field.
    package func probeCookie(_ pass: ProbePass) -> String {
        configuration.cookie.probe.setCookie(
            pass.nonce, lifetime: ProbePass.lifetime, isSecure: isSecure)
    }
}

extension Client {
    /// Whether a trusted proxy named the client.
    fileprivate func isNamed(in request: Request, _ trust: ProxyTrust) -> Bool {
        trust.trusts(request.peer) && trust.fields != .none && !isUnnamed
    }
}
