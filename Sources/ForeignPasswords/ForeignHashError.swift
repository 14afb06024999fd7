/// Why a text is no hash that can be verified here; no case contains a part of a hash.
public enum ForeignHashError: Error, Sendable, Equatable {
    /// Of a form that is not known.
    ///
    /// - Parameter name: As the text names its form, at most 24 characters; `?` where it names none.
    case unknown(name: String)
    /// Of a known form, and not what this form asks for.
    case malformed(form: String)
    /// It would take longer, or more memory, than one login may.
    ///
    /// - Parameters:
    ///   - form: The form.
    ///   - limit: The bound in the words of the form, as `cost 14`.
    case tooCostly(form: String, limit: String)
}

extension ForeignHashError: CustomStringConvertible {
    /// The reason in words, for the report of an import.
    public var description: String {
        switch self {
        case .unknown(let name): "password hash of an unknown form: \(name)"
        case .malformed(let form): "malformed \(form) hash"
        case .tooCostly(let form, let limit): "\(form) hash out of bounds: \(limit)"
        }
    }
}

/// A library could not compute a hash, for want of memory: it is unknown whether the password is right.
public struct ForeignHashFault: Error, Sendable, Equatable {
    /// The form.
    public let form: String

    /// The fault of a form.
    public init(form: String) {
        self.form = form
    }
}
