import FoundationEssentials

/// The sources of the pages, for tests that compare the style sheet with what they use.
enum PageSources {
    /// The text of every source but the style sheet's own.
    static let texts: [String] = {
        let root = #filePath.split(separator: "/").dropLast(5).joined(separator: "/")
        let folder = "/\(root)/Sources/Pages"
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return paths.filter { $0.hasSuffix(".swift") && !$0.hasSuffix("StyleSheet.swift") }
            .map { path in
                let bytes = FileManager.default.contents(atPath: "\(folder)/\(path)") ?? Data()
                return String(decoding: bytes, as: UTF8.self)
            }
    }()
}
