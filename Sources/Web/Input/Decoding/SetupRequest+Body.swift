import Auth

extension SetupRequest {
    /// The request in a body.
    init(_ body: RequestBody) {
        self.init()
        type = body.text("type")
        username = body.text("username")
        email = body.text("email")
        password = body.text("password")
        databaseType = body.text("databaseType")
        databaseName = body.text("databaseName")
        websiteURL = body.text("websiteUrl")
        siteName = body.text("siteName")
        migrationType = body.text("migrationType")
        retentionPeriod = body.text("retentionPeriod")
    }
}
