import System
import TestSupport
import Testing

extension TemporaryDirectory {
    /// The content of a file.
    func bytes(_ name: String) throws -> [UInt8] {
        try #require(try DurableFile.read("\(path)/\(name)", limit: 16 << 20))
    }
}

/// Checks a condition repeatedly until it is met; fails the test after 20 seconds.
func eventually(
    _ condition: () throws -> Bool, at location: SourceLocation = #_sourceLocation
) rethrows {
    if try !becomesTrue(condition) {
        Issue.record("the condition never held", sourceLocation: location)
    }
}
