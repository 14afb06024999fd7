package import Auth

extension APIKeyRequest {
    /// The key that a body requests.
    package init(_ body: RequestBody) {
        self.init()
        name = body.text("name")
        scopes = body.texts("scopes", &objections)
        lifetime = body.lifetime("expiresIn", &objections)
        password = body.text("password")
    }
}
