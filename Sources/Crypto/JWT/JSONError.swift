/// Why the JSON of a token is refused.
enum JSONError: Error, Equatable {
    /// Not the grammar of RFC 8259, or the bytes end early, or more follow the object.
    case syntax
    /// A string that is no UTF-8, or escapes half of a surrogate pair.
    case encoding
    /// A name that stood before.
    case repeatedName
    /// More unknown members than `JSONLimits.otherMembers`.
    case tooManyMembers
    /// Nested deeper than `JSONLimits.depth`.
    case tooDeep
    /// A value of another type than asked for; a number with a fraction or exponent is no integer.
    case wrongType
    /// An integer beyond `JSONLimits.integer` either way.
    case outOfRange
    /// A member whose value, or whose presence, is not accepted.
    case refused
    /// A required member is absent.
    case missingMember
}
