package import Auth

/// Setting the server up, for the endpoint and the page.
extension RequestContext {
    /// Whether this client has to show the code of the log.
    package var needsSetupCode: Bool { !configuration.setupPermission.isOperator(request) }

    /// Creates the owner.
    ///
    /// - Parameter edit: Completes what the body says.
    /// - Returns: The owner, signed in.
    /// - Throws: `alreadySetUp`, `setupCodeRequired` before the inputs are read; else as
    ///   `SetupService.setUp`, and `missingCredentials`.
    package func setUp(
        _ edit: (RequestBody, inout SetupRequest) -> Void = { _, _ in }
    ) throws(RequestError) -> SignedIn {
        try domain { service throws(AuthError) in try service.setup.requireNotSetUp() }
        try configuration.setupPermission.require(for: request)
        let body = try RequestBody(request)
        var wanted = SetupRequest(body)
        edit(body, &wanted)
        return try domainWithCredentials { [wanted] service throws(AuthError) in
            try service.setup.setUp(wanted, from: clientContext)
        }
    }
}
