package import Auth

extension ReauthenticationRequest {
    /// The proof that a body contains.
    package init(_ body: RequestBody) {
        self.init(
            method: body.text("method"), password: body.text("password"), code: body.text("code"),
            credential: PasskeyInput(body, "credential"))
    }
}
