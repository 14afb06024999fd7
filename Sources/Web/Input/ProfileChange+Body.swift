package import Auth
import JSON

extension ProfileChange {
    /// The change that a body requests; a `language` of null clears it.
    package init(_ body: RequestBody) {
        self.init()
        name = body.text("name")
        language =
            switch body.members["language"] {
            case nil: .absent
            case .null: .cleared
            default: .chosen(body.text("language"))
            }
        objections = body.objections(toOthersThan: ["name", "language"])
    }
}
