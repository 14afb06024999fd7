package import Auth
package import Logging

extension AdministrativeChange {
    /// The fields of its line: whose, what, from what to what, and by whom.
    package var logged: Logger.Metadata {
        var fields: Logger.Metadata = ["what": "\(name)", "from": "\(old)", "to": "\(new)"]
        if let account { fields["account"] = "\(account)" }
        switch author {
        case .account(let id): fields["by"] = "\(id)"
        case .apiKey(let key, let id):
            fields["by"] = "\(id)"
            fields["key"] = "\(key)"
        case .link: fields["by"] = "link"
        case .commandLine: fields["by"] = "command line"
        }
        return fields
    }
}
