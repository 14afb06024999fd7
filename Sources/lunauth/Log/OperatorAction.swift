import API
import Auth
import JSON
import Logging

/// What an operator did at the command line, for the log: of the server that runs, else for standard
/// error.
struct OperatorAction: Hashable {
    /// The words of the command, without its arguments: `user disable`.
    let command: String
    /// The user of the system who ran it.
    let user: String
    /// What it changed, if that is known: whose, what, from what to what.
    var change: [String: String] = [:]

    private static let message = "command line"

    /// The fields of its line.
    var metadata: Logger.Metadata {
        var fields = change.mapValues(Logger.MetadataValue.string)
        fields["command"] = .string(command)
        fields["user"] = .string(user)
        return fields
    }

    /// One object of strings, as it goes from the command to the server.
    var note: String {
        var object = JSONObject()
        object.add("command", .string(command))
        object.add("user", .string(user))
        for (name, value) in change.sorted(by: { $0.key < $1.key }) {
            object.add(name, .string(value))
        }
        return String(decoding: object.encoded(), as: UTF8.self)
    }

    /// Writes its line to the log of the server.
    func log(to logger: Logger) {
        logger.notice("\(Self.message)", metadata: metadata)
    }

    /// Its line as a server would write it.
    func line(at time: Timestamp) -> [UInt8] {
        LogLine(time: time, level: .notice, message: Self.message, metadata: metadata)
            .encoded(as: .text)
    }
}

extension OperatorAction {
    /// An action from its note; nil for anything else.
    init?(note: String) {
        guard case .object(let members)? = try? JSONValue.decode(Array(note.utf8)),
            let command = members["command"]?.text, let user = members["user"]?.text
        else { return nil }
        self.init(command: command, user: user)
        for (name, value) in members where name != "command" && name != "user" {
            change[name] = value.text
        }
    }

    /// An action with one of the changes that it made.
    init(command: String, user: String, _ change: AdministrativeChange) {
        self.init(command: command, user: user)
        self.change = ["what": change.name, "from": change.old, "to": change.new]
        if let account = change.account { self.change["account"] = "\(account)" }
    }
}
