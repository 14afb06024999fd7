/// Why mails, or one of them, cannot be written.
public enum MailError: Error, Sendable, Equatable {
    /// A member of the configuration is missing or wrong; its path, and what is wrong with it.
    case configuration(member: String, reason: String)
    /// A template cannot be understood: the file, the line counted from 1, and why.
    case template(file: String, line: Int, reason: String)
    /// A file or directory of the configuration cannot be read.
    case unreadable(path: String)
    /// An order that cannot be carried out, and why.
    case order(reason: String)
}

extension MailError: CustomStringConvertible {
    /// One line for the operator, without secrets.
    public var description: String {
        switch self {
        case .configuration(let member, let reason): "\(member) \(reason)"
        case .template(let file, let line, let reason): "\(file):\(line): \(reason)"
        case .unreadable(let path): "\(path) cannot be read"
        case .order(let reason): reason
        }
    }
}
