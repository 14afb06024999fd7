import HTTP
import JSON

extension Operation {
    /// On the listener for whoever watches over the server.
    static let admin = [
        Operation(
            method: .get, path: "/livez", listener: .admin, id: "livez",
            summary: "The process answers", tag: .admin,
            answers: [.json(.ok, "From memory", .object(["status": .always(.string("ok"))]))]),
        Operation(
            method: .get, path: "/readyz", listener: .admin, id: "readyz",
            summary: "Requests would be answered as they should", tag: .admin,
            description: "A 503 has `checks` and `details`, too.",
            answers: [
                .json(
                    .ok, "They would",
                    .object([
                        "status": .always(.string("ok")),
                        "checks": .map(of: .string()).described("`ok`, `off` or what is wrong"),
                        "details": .array(of: .string()).described(
                            "What the operator should look into, although requests are answered"),
                    ]))
            ]),
        Operation(
            method: .get, path: "/metrics", listener: .admin, id: "metrics",
            summary: "Everything that is measured", tag: .admin,
            answers: [
                OperationAnswer(
                    status: .ok, description: "For Prometheus, in its text format 0.0.4",
                    content: .metrics)
            ]),
    ]
}
