package import Auth
package import JSON

extension SettingsChange {
    /// The change that a body asks for.
    ///
    /// A form may also remove the optional settings: an empty field that it names does, as null does in
    /// JSON.
    /// - Parameters:
    ///   - body: The inputs.
    ///   - fixed: Members that no request changes, with their values: a client may send them back. Every
    ///     other unknown member is refused.
    package init(_ body: RequestBody, fixed: KeyValuePairs<String, JSONValue> = [:]) {
        self.init()
        nativeSignin = body.flag("nativeSignin", &objections)
        register = body.flag("register", &objections)
        signup = body.flag("signup", &objections)
        approval = body.flag("approval", &objections)
        requireEmailVerification = body.flag("requireEmailVerification", &objections)
        websiteURL = body.changedText("websiteUrl")
        migrationType = body.changedText("migrationType")
        retentionPeriod = body.changedText("retentionPeriod")
        siteName = body.clearableText("siteName")
        siteAccent = body.clearableText("siteAccent")
        siteSupport = body.clearableText("siteSupport")
        password = body.text("password")
        objections += body.objections(toOthersThan: Self.members.union(fixed.map(\.key)))
        objections += fixed.filter { name, value in body.value(name).map { $0 != value } ?? false }
            .map { InvalidInput($0.key, .other("cannot be changed here")) }
    }

    private static let members: Set = [
        "nativeSignin", "register", "signup", "approval", "requireEmailVerification", "websiteUrl",
        "migrationType", "retentionPeriod", "siteName", "siteAccent", "siteSupport", "password",
    ]
}

extension RequestBody {
    /// A text member; null is no text here, as it is no boolean.
    fileprivate func changedText(_ name: String) -> TextInput {
        value(name) == .null ? .notText : text(name)
    }

    /// A text that may be removed: by null, by an empty text and by an empty field.
    package func clearableText(_ name: String) -> ClearableInput {
        guard names(name) else { return .absent }
        return switch text(name) {
        case .absent, .text(""): .cleared
        case let input: .given(input)
        }
    }
}
