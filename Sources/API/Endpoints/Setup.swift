import Auth
import HTTP
import Web

extension Endpoints {
    /// `POST /auth/setup`: makes the owner; once.
    static func setup(
        _ context: RequestContext, _ configuration: APIConfiguration
    ) throws(RequestError) -> EndpointResult {
        try context.domain { service throws(AuthError) in try service.setup.requireNotSetUp() }
        try SetupPermission.require(for: context, configuration)
        let body = try RequestBody(context.request)
        var request = SetupRequest()
        request.type = body.text("type")
        request.username = body.text("username")
        request.email = body.text("email")
        request.password = body.text("password")
        request.databaseType = body.text("databaseType")
        request.databaseName = body.text("databaseName")
        request.websiteURL = body.text("websiteUrl")
        request.migrationType = body.text("migrationType")
        request.retentionPeriod = body.text("retentionPeriod")
        let wanted = request
        let signedIn = try context.domainWithCredentials { service throws(AuthError) in
            try service.setup.setUp(wanted, from: context.clientContext)
        }
        return EndpointResult(context.session(.created, signedIn), account: signedIn.account.id)
    }
}
