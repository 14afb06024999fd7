import Auth
import HTTP
import JSON
import Metrics
import Web

extension Endpoints {
    /// The admin listener: for monitoring.
    static func admin(_ monitoring: Monitoring) -> [Endpoint] {
        [
            Endpoint(
                .get, "/livez", .init(at: .admin, on: .loop), handler: health,
                Operation(
                    id: "livez", summary: "The process responds", tag: .admin,
                    responses: [
                        .json(.ok, "From memory", .object(["status": .always(.string("ok"))]))
                    ])),
            Endpoint(
                .get, "/readyz", .init(at: .admin, on: .store),
                handler: { context throws(RequestError) in try readyz(context, monitoring) },
                Operation(
                    id: "readyz", summary: "Requests can be served", tag: .admin,
                    description: "A 503 has `checks` and `details`, too.",
                    responses: [
                        .json(
                            .ok, "They can",
                            .object([
                                "status": .always(.string("ok")),
                                "checks": .map(of: .string())
                                    .described("`ok`, `off` or what is wrong"),
                                "details": .array(of: .string()).described(
                                    "What the operator should look into, although requests are served"
                                ),
                            ]))
                    ])),
            Endpoint(
                .get, "/metrics", .init(at: .admin, on: .store),
                handler: { context throws(RequestError) in try metrics(context, monitoring) },
                Operation(
                    id: "metrics", summary: "Everything that is measured", tag: .admin,
                    responses: [
                        Operation.Success(
                            .ok, "For Prometheus, in its text format 0.0.4", .metrics)
                    ])),
        ]
    }

    /// How long a write to the database may take, in seconds.
    private static let probeSeconds = 1

    private static func readyz(
        _ context: RequestContext, _ monitoring: Monitoring
    ) throws(RequestError) -> EndpointResult {
        var checks = JSONObject()
        var isReady = true
        func add(_ name: String, _ readiness: Readiness) {
            checks.add(name, .string(readiness.text))
            if readiness.isFailing { isReady = false }
        }
        add("database", database(context.service))
        for check in monitoring.checks { add(check.name, check.readiness()) }

        let details = JSONValue.array(concerns(context.service).map(JSONValue.string))
        var object = JSONObject()
        guard isReady else {
            // It is an error response as well.
            object.add("status", .string("unavailable"))
            object.add("error", .string("The server is not ready"))
            object.add("code", .string(ErrorCode.unavailable.rawValue))
            object.add("checks", checks)
            object.add("details", details)
            var response = context.json(.serviceUnavailable, object)
            response.fields.add("Retry-After", "1")
            return EndpointResult(response, reason: .notReady)
        }
        object.add("status", .string("ok"))
        object.add("checks", checks)
        object.add("details", details)
        return EndpointResult(context.json(.ok, object))
    }

    /// What the operator should look into; unavailable details do not make the server unready.
    private static func concerns(_ service: AuthService) -> [String] {
        ((try? service.administration.operatorConcerns()) ?? []).map { concern in
            switch concern {
            case .rejectedAddress(let id):
                "who reads the unconfirmed address of the owner or administrator \(id) says that the "
                    + "account is not theirs"
            case .heldBackNotices(let id):
                "notices to the owner \(id) are held back: the owner's address is not confirmed"
            }
        }
    }

    private static func database(_ service: AuthService) -> Readiness {
        do throws(AuthError) {
            try service.probeStore(within: probeSeconds)
            return .ok
        } catch {
            return .failing("not_writable")
        }
    }

    private static func metrics(
        _ context: RequestContext, _ monitoring: Monitoring
    ) throws(RequestError) -> EndpointResult {
        var exposition = Exposition()
        context.configuration.metrics.append(to: &exposition)
        for collect in monitoring.collectors { collect(&exposition) }
        // Without a database the other metrics are still served.
        if let counts = try? context.service.administration.counts() { exposition.append(counts) }
        if let mails = try? context.service.outbox.mailCounts() { exposition.append(mails) }
        return EndpointResult(context.content(Exposition.mediaType, exposition.text))
    }
}

extension Exposition {
    fileprivate mutating func append(_ mails: MailCounts) {
        gauge(
            "lunauth_mails", "Mails in the outbox, by whether they are tried again.",
            [("waiting", mails.waiting), ("dead", mails.dead)].map {
                Series([("state", $0)], .count(UInt64(clamping: $1)))
            })
    }

    fileprivate mutating func append(_ counts: StoreCounts) {
        gauge(
            "lunauth_accounts", "Accounts, by status.",
            Account.Status.allCases.map { status in
                let count = counts.accounts[status] ?? 0
                return Series([("status", status.rawValue)], .count(UInt64(clamping: count)))
            })
        gauge(
            "lunauth_sessions", "Sessions that have neither ended nor expired.",
            .count(UInt64(clamping: counts.sessions)))
    }
}
