import Auth
import HTTP
import Web

/// The request that a proxy holds back until it knows whether it may pass.
struct OriginalRequest {
    /// Its method; nil where no trusted proxy names a known one.
    private(set) var method: Method?
    /// The host and port that the client sent it to; nil where no trusted proxy names them.
    private var authority: ArraySlice<UInt8>?
    private var isSecure = false
    /// Its path, with its query unless that is in `query`; empty where no trusted proxy names it.
    private(set) var path: ArraySlice<UInt8> = []
    private(set) var query: ArraySlice<UInt8>?

    /// The request that `X-Forwarded-Method`, `-Proto`, `-Host` and `-Uri` describe, as nginx, Caddy,
    /// Traefik and HAProxy send them.
    ///
    /// A repeated field is ignored: the client may have written one of them.
    init(describedIn context: RequestContext) {
        let request = context.request
        guard context.isFromTrustedProxy else { return }
        method = request.single(.xForwardedMethod)
            .flatMap { Method($0.span) }
        authority = request.single(.xForwardedHost)
        isSecure = context.client.isSecure
        path = request.single(.xForwardedURI) ?? []
    }

    /// The original request under a prefix of its path, as Envoy sends it.
    init(_ context: RequestContext, path: ArraySlice<UInt8>) {
        guard context.isFromTrustedProxy else { return }
        method = context.request.method
        authority = context.request.authority
        isSecure = context.client.isSecure
        self.path = path
        query = context.request.query
    }
}

extension OriginalRequest {
    /// Where the client sent it; nil where that is not known.
    var origin: Origin? { authority.flatMap { Origin(authority: $0, isSecure: isSecure) } }

    /// What an API key needs for it: everything, where it is not known.
    var scopes: APIKey.Scopes {
        guard let method else { return [.read, .write] }
        return method.isSafe ? .read : .write
    }

    /// Whether a browser follows a link with it and can be sent elsewhere, as the fields say that the
    /// proxy handed on.
    func isNavigation(_ request: Request) -> Bool {
        guard method == .get || method == .head, Accept.prefersHTML(request) else { return false }
        let modes = request.values(of: .secFetchMode)
        return modes.allSatisfy { $0.equals("navigate") }
    }
}

extension RequestContext {
    /// Whether what `X-Forwarded-*` say is believed.
    fileprivate var isFromTrustedProxy: Bool {
        let trust = configuration.proxies.current
        return trust.fields == .xForwarded && trust.trusts(request.peer)
    }
}
