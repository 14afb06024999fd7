import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// The record of what happened.
    static let events = [
        Endpoint(
            .get, "/auth/events", .init(on: .store, access: .administrator(.administration)),
            handler: listEvents,
            Operation(
                id: "events", summary: "What happened", tag: .audit,
                parameters: [
                    .eventKind,
                    Operation.Parameter(
                        "account", in: .query,
                        "Only what this account did, and what is about it", .id,
                        isEmptyIgnored: true),
                ] + .eventTimes + .page,
                responses: [.json(.ok, "The events", .page(of: .named(.event)))],
                errors: [.invalidRequest])),
        Endpoint(
            .get, "/auth/events/chain",
            .init(on: .store, access: .administrator(.administration)), handler: chainState,
            Operation(
                id: "eventChain", summary: "How far the chain of events goes", tag: .audit,
                description: """
                    As the record says itself: `lunauth audit verify` proves it. Events are linked \
                    within a second; one without a `number` waits for its link.
                    """,
                responses: [.json(.ok, "Its head and its last checkpoint", .chainState)])),
        Endpoint(
            .get, "/auth/me/events", .init(on: .store, access: .activeAccount(.person)),
            handler: listOwnEvents,
            Operation(
                id: "ownEvents", summary: "What you did, and what happened to your account",
                tag: .audit,
                description: """
                    Where other people were, and what changed of them, is null.
                    """,
                parameters: [.eventKind] + .eventTimes + .page,
                responses: [.json(.ok, "The events", .page(of: .named(.event)))],
                errors: [.invalidRequest])),
    ]

    private static func listEvents(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let query = try EventQuery(query: context.request.query)
        let request = try context.pageRequest()
        let page = try context.domain { service throws(AuthError) in
            try service.audit.events(matching: query, request)
        }
        return context.json(page, \.json)
    }

    private static func listOwnEvents(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let query = try EventQuery(query: context.request.query)
        let request = try context.pageRequest()
        let page = try context.domain { service throws(AuthError) in
            try service.audit.events(matching: query, of: caller, request)
        }
        return context.json(page, \.json)
    }

    private static func chainState(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        let state = try context.domain { service throws(AuthError) in
            try service.audit.chainState()
        }
        return context.json(.ok, state.json)
    }
}

extension Operation.Parameter {
    /// Which events are listed.
    fileprivate static let eventKind = Operation.Parameter(
        "kind", in: .query, "Only those of this kind", .oneOf(EventKind.self),
        isEmptyIgnored: true)
}

extension [Operation.Parameter] {
    /// When the listed events happened.
    fileprivate static let eventTimes = [
        Operation.Parameter(
            "since", in: .query, "Only those of this time and later", .pointInTime,
            isEmptyIgnored: true),
        Operation.Parameter(
            "until", in: .query, "Only those before this time", .pointInTime,
            isEmptyIgnored: true),
    ]
}
