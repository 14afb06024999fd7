/// What should hold for any input and does not for this one.
public struct BrokenProperty: Error, CustomStringConvertible {
    /// A sentence, with what was found.
    public let description: String

    /// A broken property.
    init(_ description: String) {
        self.description = description
    }
}

/// Checks that something holds.
///
/// - Parameters:
///   - condition: What should hold.
///   - property: What is broken where it does not.
/// - Throws: The broken property.
func check(
    _ condition: Bool, _ property: @autoclosure () -> String
) throws(BrokenProperty) {
    guard condition else { throw BrokenProperty(property()) }
}
