import Auth

/// What one thread needs to serve requests, one after the other.
final class ThreadContext {
    let service: AuthService
    let configuration: WebConfiguration
    let table: RouteTable
    /// What the current request left of its caller's allowance; nil where it was not counted.
    ///
    /// The response says so, whether or not it is an error.
    var allowance: Allowance?
    /// The caller of the current request, once its access rule has found it: the page of a failed request
    /// shows what is theirs without counting them twice.
    var caller: Caller?

    init(service: AuthService, configuration: WebConfiguration, table: RouteTable) {
        self.service = service
        self.configuration = configuration
        self.table = table
    }
}
