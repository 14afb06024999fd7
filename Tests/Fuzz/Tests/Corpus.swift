import FoundationEssentials
import Fuzzing

/// The seed inputs of the fuzzers.
enum Corpus {
    /// One input.
    struct Input: Sendable, CustomStringConvertible {
        let harness: Harness
        let name: String

        var description: String { "\(harness) \(name)" }

        fileprivate var path: String { "\(folder)/\(harness.rawValue)/\(name)" }

        /// Its content.
        func bytes() throws -> [UInt8] {
            try Array(Data(contentsOf: URL(filePath: path)))
        }
    }

    /// All inputs.
    static let inputs = Harness.allCases.flatMap { harness in
        let names = try? FileManager.default.contentsOfDirectory(
            atPath: "\(folder)/\(harness.rawValue)")
        return (names ?? []).sorted().map { Input(harness: harness, name: $0) }
    }

    private static let folder = "\(#filePath.dropLast("Tests/Corpus.swift".count))Corpora"
}
