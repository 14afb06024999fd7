package import Auth

extension ProfileChange {
    /// The change that a body requests; a `language` of null, or an empty field, clears it.
    package init(_ body: RequestBody) {
        self.init()
        name = body.text("name")
        if body.names("language") {
            language = body.has("language") ? .chosen(body.text("language")) : .cleared
        }
        objections = body.objections(toOthersThan: ["name", "language"])
    }
}
