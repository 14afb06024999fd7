import API
import JSON

/// Everything that is wrong with a configuration, for standard error; the exit code is 78.
struct ConfigurationError: Error, Equatable {
    /// What was found; never empty.
    let problems: [Problem]

    /// One thing that is wrong.
    enum Problem: Error, Equatable {
        /// The file is missing or cannot be read.
        case unreadable(file: String, reason: String)
        /// The file is not JSON, names a key twice or is nested too deep.
        case notJSON(file: String, JSONError.Reason, at: TextPosition)
        /// There is no such key.
        case unknownKey(String, file: String, nearest: String?)
        /// There is no such variable.
        case unknownVariable(String, nearest: String?)
        /// A value has the wrong type or is out of range; `key` is empty for the whole file.
        case wrongValue(
            key: String, source: ConfigurationSource, found: String, expected: String)
        /// A value of the right type that is refused for a reason of its own.
        case invalid(key: String, source: ConfigurationSource, reason: String)
        /// A value that browsers honour over https alone, beside a `websiteUrl` with http.
        case needsHTTPS(key: String, source: ConfigurationSource, found: String, website: String)
        /// A secret is in a file that every user of the machine may read.
        case readableByOthers(key: String, file: String, mode: UInt32)
        /// Two variables give the same secret.
        case givenTwice(String, String)
        /// Nothing is set where another value makes something necessary.
        case missing(key: String, because: String)
    }

    /// How a value is shown: as JSON, cut to 80 characters.
    ///
    /// One with `@` in it is not shown: it may be the address of a database, with a password.
    static func shown(_ value: JSONValue) -> String {
        var text: [UInt8] = []
        JSONText.append(value, to: &text)
        guard !text.contains(UInt8(ascii: "@")) else {
            return "a value that is not shown, since a text with \"@\" may contain a password"
        }
        let whole = String(decoding: text, as: UTF8.self)
        return whole.count > 80 ? whole.prefix(80) + "…" : whole
    }
}

extension ConfigurationError: CustomStringConvertible {
    /// A line for each problem.
    var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}

extension ConfigurationError.Problem: CustomStringConvertible {
    /// One line, whatever the names in it contain.
    var description: String {
        switch self {
        case .unreadable(let file, let reason): "\(escaped(file)): \(reason)"
        case .notJSON(let file, let reason, let position):
            "\(escaped(file)): \(sentence(for: reason)) "
                + "(line \(position.line), column \(position.column))"
        case .unknownKey(let key, let file, let nearest):
            "\(quoted(key)) (\(escaped(file))): there is no such key"
                + hint(nearest.map(quoted))
        case .unknownVariable(let name, let nearest):
            "\(escaped(name)): there is no such variable" + hint(nearest)
        case .wrongValue(let key, let source, let found, let expected):
            "\(key.isEmpty ? "the whole file" : key) (\(escaped("\(source)"))): found \(found), "
                + "expected \(expected)"
        case .invalid(let key, let source, let reason):
            "\(key) (\(escaped("\(source)"))): \(escaped(reason))"
        case .needsHTTPS(let key, let source, let found, let website):
            "\(key) (\(escaped("\(source)"))): found \(found), which browsers honour over https "
                + "alone, expected a websiteUrl with https beside it, not \(website)"
        case .readableByOthers(let key, let file, let mode):
            "\(key) (\(escaped(file))): found a secret in a file of mode 0\(String(mode, radix: 8)), "
                + "expected 0600, or 0640 with the service's group"
        case .givenTwice(let variable, let other):
            "\(variable): found \(other) beside it, expected one of the two"
        case .missing(let key, let reason):
            "\(key): found nothing, expected a value, since \(escaped(reason))"
        }
    }

    private func sentence(for reason: JSONError.Reason) -> String {
        switch reason {
        case .syntax, .encoding, .wrongType, .outOfRange:
            "not JSON; look for a missing or trailing comma, a comment or a quote"
        case .repeatedMember(let name): "the key \(quoted(name)) is there twice"
        case .tooDeep: "nested too deep"
        case .tooMany: "more than \(JSONLimits.document.values) members and elements"
        }
    }

    private func hint(_ nearest: String?) -> String {
        nearest.map { "; did you mean \($0)?" } ?? ""
    }

    private func quoted(_ name: String) -> String { "\"\(escaped(name))\"" }

    private func escaped(_ name: String) -> String {
        var text: [UInt8] = []
        JSONText.appendEscaped(name, to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}
