package import Auth
package import HTTP

/// The rules for one method and path, whether the response is JSON or a page.
package struct RouteRules: Sendable {
    /// The listener that serves it.
    package let listener: ListenerRole
    /// Where it runs.
    package let lane: Lane
    /// Who may call.
    package let access: AccessRule
    /// The limit of the client's network that its requests count against; nil for none.
    package let limit: Throttle.Action?
    /// What sets it apart.
    package let traits: Traits

    /// Rules, by default for any client of the public listener, without a limit.
    package init(
        at listener: ListenerRole = .public, on lane: Lane, access: AccessRule = .anyone,
        limit: Throttle.Action? = nil, _ traits: Traits = []
    ) {
        self.listener = listener
        self.lane = lane
        self.access = access
        self.limit = limit
        self.traits = traits
    }

    /// What sets a route apart.
    package struct Traits: OptionSet, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The body contains a password or the token of a link: its bytes are overwritten once the
        /// request was served.
        package static let secretBody = Traits(rawValue: 1 << 0)
        /// Refused before any other check where the server sends no mails.
        package static let needsMail = Traits(rawValue: 1 << 1)
        /// GET changes something: HEAD is refused.
        package static let unsafeGET = Traits(rawValue: 1 << 2)
        /// Pages of other origins may never use it, whatever the operator allows.
        package static let sameOrigin = Traits(rawValue: 1 << 3)
        /// A proxy describes another request: it changes nothing, whatever its method, and may come
        /// from any site.
        package static let forwardAuth = Traits(rawValue: 1 << 4)
        /// What proves that a form may do it is in the form, and not in a cookie: the token of a link,
        /// with the password where credentials are optional.
        package static let proofInForm = Traits(rawValue: 1 << 5)
        /// A page alone that responds the same, whatever type the client prefers.
        package static let anyAccept = Traits(rawValue: 1 << 6)
        /// It neither reads nor sets a cookie: a form need not say where it comes from.
        package static let withoutCookies = Traits(rawValue: 1 << 7)
    }
}
