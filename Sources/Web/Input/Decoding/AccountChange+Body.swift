package import Auth

extension AccountChange {
    /// The change that a body requests.
    package init(_ body: RequestBody) {
        self.init()
        status = body.text("status")
        tier = body.text("tier")
        role = body.text("role")
        name = body.text("name")
        emailVerified = body.optionalFlag("emailVerified", &objections)
        objections += body.objections(
            toOthersThan: ["status", "tier", "role", "name", "emailVerified"])
    }
}
