package import Auth

extension SecondStep {
    /// The step that a body takes.
    package init(_ body: RequestBody) {
        self.init()
        challenge = body.text("challenge")
        method = body.text("method")
        code = body.text("code")
        credential = PasskeyInput(body, "credential")
        trusts = body.optionalFlag("trust", &objections) ?? false
    }
}
