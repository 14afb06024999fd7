import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// The browsers in which the caller need not prove the second factor at sign-in.
    static let trustedBrowsers = [
        Endpoint(
            .get, "/auth/trusted-browsers", .init(on: .store, access: .activeAccount(.person)),
            handler: listTrustedBrowsers,
            Operation(
                id: "trustedBrowsers", summary: "Your trusted browsers", tag: .factors,
                responses: [
                    .json(
                        .ok, "Those whose trust has not ended",
                        .object([
                            "items": .array(of: .named(.trustedBrowser)).described("Newest first")
                        ]))
                ])),
        Endpoint(
            .delete, "/auth/trusted-browsers", .init(on: .store, access: .activeAccount(.person)),
            handler: endAllTrust,
            Operation(
                id: "endAllTrust", summary: "Trust no browser", tag: .factors,
                responses: [
                    .json(.ok, "How many were trusted", .ended)
                ])),
        Endpoint(
            .delete, "/auth/trusted-browsers/{id}",
            .init(on: .store, access: .activeAccount(.person)), handler: endTrust,
            Operation(
                id: "endTrust", summary: "End the trust of one browser", tag: .factors,
                responses: [.json(.ok, "It has ended", .named(.success))])),
    ]

    private static func listTrustedBrowsers(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let browsers = try context.domain { service throws(AuthError) in
            try service.factors.trustedBrowsers(of: caller)
        }
        var object = JSONObject()
        object.add("items", browsers.map { $0.json(isCurrent: context.isTrusted(as: $0)) })
        return context.json(.ok, object)
    }

    private static func endAllTrust(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let ended = try context.domain { service throws(AuthError) in
            try service.factors.endAllTrust(of: caller)
        }
        return context.success(ended: ended)
    }

    private static func endTrust(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        try context.domain { service throws(AuthError) in
            try service.factors.endTrust(id, of: caller)
        }
        return context.success()
    }
}
