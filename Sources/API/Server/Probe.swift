import Auth
import Bytes
import HTTP
import JSON
import Web

extension Endpoints {
    /// What the server sees of a request through the proxy, for `lunauth doctor`.
    static func probe(_ probes: ProbeGate) -> [Endpoint] {
        [(Method.get, "probe"), (.post, "probeByPost")].map { method, id in
            Endpoint(
                method, ProbeGate.path, .init(on: .store, access: .probe, [.sameOrigin]),
                handler: { context throws(RequestError) in try reportProbe(context, probes) },
                existingFor: { probes.isProbe($0) },
                Operation(
                    id: id, summary: "What the server sees of a request", tag: .server,
                    description: """
                        For `lunauth doctor`, which has the key of this server: its pass is valid for 60 \
                        seconds, for one request of this method and target. Any other request is 404, as \
                        for an unknown path.
                        """,
                    parameters: [
                        Operation.Parameter(
                            "delay", in: .query, "Seconds until the response",
                            .integer(0...Int64(ProbeGate.maximumDelay))),
                        Operation.Parameter(
                            "drop", in: .query,
                            "`1`: the connection is closed without a response",
                            .oneOf(["1"])),
                    ],
                    body: method == .post ? .optional(.object([:])) : nil,
                    responses: [.json(.ok, "What it sees", report, fields: [.setCookie])]))
        }
    }

    private static func reportProbe(
        _ context: RequestContext, _ probes: ProbeGate
    ) throws(RequestError) -> EndpointResult {
        let pass = try probes.take(of: context.request)
        let query = context.request.query
        if let text = try Query.values(of: "delay", in: query).last,
            let seconds = Decimal.parse(text.utf8, maximumDigits: 2)
        {
            try probes.delay(for: seconds)
        }
        let cookie = context.probeCookie(pass)
        var response = context.json(.ok, context.probeReport(pass, cookie: cookie).json)
        response.fields.add("Set-Cookie", cookie)
        response.isDropped = try Query.values(of: "drop", in: query).last == "1"
        return EndpointResult(response)
    }

    private static let report = Schema.object([
        "peer": .string().orNull.described("The address of the proxy; null on a Unix socket"),
        "port": .integer(0...65_535).orNull.described("Of its connection"),
        "trusted": .boolean.described("Whether it is one of `trustedProxies`"),
        "client": .string().orNull.described("The address of the client, as limits count it"),
        "namesClient": .boolean.described("Whether the proxy named the client"),
        "namesScheme": .boolean.described("Whether the proxy named the scheme"),
        "scheme": .oneOf(["http", "https"]),
        "host": .string().orNull.described("As it arrived"),
        "persistent": .boolean.described("Whether the proxy keeps the connection"),
        "bodyBytes": .integer(0...65_536),
        "canaries": .array(of: .oneOf(ProbeCanary.self))
            .described("The fields that the doctor forged and that arrived"),
        "cookie": .string().described("What this response sets"),
    ])
}
