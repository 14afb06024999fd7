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

    init(service: AuthService, configuration: WebConfiguration, table: RouteTable) {
        self.service = service
        self.configuration = configuration
        self.table = table
    }
}
