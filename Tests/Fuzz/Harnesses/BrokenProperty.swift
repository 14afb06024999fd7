/// A property that is violated by an input.
public struct BrokenProperty: Error, CustomStringConvertible {
    /// A sentence with the values found.
    public let description: String

    /// Creates an error.
    init(_ description: String) {
        self.description = description
    }
}

/// Checks a property.
///
/// - Parameters:
///   - condition: The property.
///   - property: The violation, if it is false.
/// - Throws: The violation.
func check(
    _ condition: Bool, _ property: @autoclosure () -> String
) throws(BrokenProperty) {
    guard condition else { throw BrokenProperty(property()) }
}
