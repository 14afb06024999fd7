package import Auth
package import Crypto
package import HTTP

/// One request with everything its endpoint needs.
///
/// Lives for one call, on one thread.
package struct RequestContext {
    package let request: Request
    /// The id under which the request is found in the log.
    package let id: RequestID
    /// The UUID in the place of the path's `{id}`; nil on a path without one.
    let pathID: UUID?
    package let client: Client
    let thread: ThreadContext
    /// The origin of another site that the operator allowed and whose page sent the request: no
    /// cookie counts then, and none is set.
    let foreignOrigin: ArraySlice<UInt8>?
    /// Whether the route is on the lane where passwords are checked.
    package let mayCheckPasswords: Bool
    /// Whether the request is a form that does not say where it comes from and proves by itself what it
    /// may do: no cookie counts then either.
    var ignoresCookies = false
    /// How the request was admitted by the limit of its network.
    var admission = Throttle.Admission.network

    package var service: AuthService { thread.service }
    package var configuration: WebConfiguration { thread.configuration }
    /// Every route, for the document that describes them.
    package var table: RouteTable { thread.table }

    /// Calls the domain.
    ///
    /// - Throws: The domain's error.
    package func domain<Value>(
        _ verb: (AuthService) throws(AuthError) -> Value
    ) throws(RequestError) -> Value {
        do throws(AuthError) {
            return try verb(service)
        } catch {
            throw .domain(error)
        }
    }

    /// Calls a verb of the domain that takes an email and a password.
    ///
    /// - Throws: The domain's error; `missingCredentials` where one of the two is missing.
    package func domainWithCredentials<Value>(
        _ verb: (AuthService) throws(AuthError) -> Value
    ) throws(RequestError) -> Value {
        do throws(AuthError) {
            return try verb(service)
        } catch {
            guard case .invalidInput(let inputs) = error,
                inputs.contains(.missing("email")) || inputs.contains(.missing("password"))
            else { throw .domain(error) }
            throw .missingCredentials(inputs)
        }
    }

    /// Counts the request against the limit that its route declares for the client's network.
    ///
    /// - Throws: `tooManyRequests`.
    mutating func admit(by rules: RouteRules) throws(RequestError) {
        guard let limit = rules.limit else { return }
        let mayBeKnown = rules.lane == .hashing && (device != nil || credential != nil)
        admission = try domain { service throws(AuthError) in
            try service.admit(limit, from: client.network, mayBeKnown: mayBeKnown)
        }
    }

    /// The id in the path.
    ///
    /// - Throws: `notFound` on a route without one.
    package func idInPath() throws(RequestError) -> UUID {
        guard let pathID else { throw .notFound }
        return pathID
    }

    /// The token in the query of a link; empty without one: the form that posts it is refused.
    package var linkToken: String {
        (try? Query.values(of: "token", in: request.query))?.last ?? ""
    }
}

extension RequestContext {
    /// Where the request comes from, for the domain.
    package var clientContext: ClientContext {
        ClientContext(
            network: client.network, address: client.address?.description,
            userAgent: request[.userAgent].flatMap(Self.text(ofUserAgent:)), device: device,
            admission: admission)
    }

    /// What is stored of a User-Agent: visible ASCII, since any client may send it and the owner of
    /// the account reads it in lists and mails.
    private static func text(ofUserAgent value: ArraySlice<UInt8>) -> String? {
        let bytes = value.filter { (0x20...0x7E).contains($0) }
            .prefix(ClientContext.maximumUserAgentBytes)
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
