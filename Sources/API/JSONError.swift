/// Why a text is not a JSON value this server takes.
public enum JSONError: Error, Sendable, Equatable {
    /// Not JSON in UTF-8 (RFC 8259).
    case malformed
    /// An object names a member twice: readers differ in which one they take.
    case repeatedMember
    /// Arrays and objects stand in each other more than 32 deep.
    case tooDeep
    /// There are more than 512 members and elements.
    case tooMany
}
