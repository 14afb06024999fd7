package import Auth
package import HTTP

/// The function that responds to the requests of an endpoint or a page.
///
/// Its parameters say what the access rule has to find out before it runs.
package enum Handler: Sendable {
    /// For any client.
    case open(Run)
    /// For a caller; the log names its account.
    case caller(@Sendable (RequestContext, Caller) throws(RequestError) -> Response)
    /// For the approver of an account that waits.
    case approver(@Sendable (RequestContext, Approver) throws(RequestError) -> Response)

    /// A function that needs the request alone.
    package typealias Run = @Sendable (RequestContext) throws(RequestError) -> EndpointResult

    /// The function with the access rule in front of it; nil where the rule finds out something else
    /// than the function needs.
    func enforcing(_ rule: AccessRule) -> Run? {
        switch (self, rule) {
        case (.open(let run), .anyone), (.open(let run), .optionalCredentials),
            (.open(let run), .forwardAuth), (.open(let run), .session),
            (.open(let run), .personOrSignIn), (.open(let run), .probe):
            return run
        case (.caller(let handle), .account(let access)):
            return { context throws(RequestError) in
                let caller = try context.identifiedCaller(for: access)
                context.found(caller)
                return EndpointResult(try handle(context, caller), account: caller.account.id)
            }
        case (.caller(let handle), .activeAccount(let access)):
            return { context throws(RequestError) in
                let caller = try context.caller(for: access)
                context.found(caller)
                return EndpointResult(try handle(context, caller), account: caller.account.id)
            }
        case (.caller(let handle), .administrator(let access)):
            return { context throws(RequestError) in
                let caller = try context.administrator(for: access)
                context.found(caller)
                return EndpointResult(try handle(context, caller), account: caller.account.id)
            }
        case (.approver(let handle), .administratorOrLink(let access)):
            return { context throws(RequestError) in
                let (approver, account) = try context.approver(for: access)
                return EndpointResult(try handle(context, approver), account: account)
            }
        default: return nil
        }
    }
}
