import Auth
import System
import TestSupport

@testable import lunauth

/// A line that names a system, then a file of it: what is read of an account is written and read as the same.
enum ImportHarness {
    private static let lineFeed = UInt8(ascii: "\n")
    /// Of a file of this size; one that has more gives rows for ever.
    private static let maximumEntries = 10_000

    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        guard let end = input.firstIndex(of: lineFeed) else { return }
        let name = String(decoding: input[..<end], as: UTF8.self)
        let system = ImportSystem(rawValue: name)
        guard system != nil || name == "lunauth" else { return }
        let entries = entries(of: Array(input[(end + 1)...]), from: system)
        try check(entries.count < maximumEntries, "\(name): \(entries.count) records")
        var last = 0
        for entry in entries {
            try check(entry.number > last, "\(name): place \(entry.number) after \(last)")
            last = entry.number
            switch entry.record {
            case .success(let record): try checkLine(record)
            case .failure(let problem):
                try check(!problem.reason.isEmpty, "\(name): refused for nothing")
            }
        }
    }

    /// The records before the end of the file, or before what makes the rest of it useless.
    private static func entries(of file: [UInt8], from system: ImportSystem?) -> [ImportEntry] {
        var entries: [ImportEntry] = []
        do {
            let directory = try TemporaryDirectory()
            let path = "\(directory.path)/file"
            try DurableFile.write(file, to: path)
            var reader = try ImportSystem.reader(of: path, from: system)
            while entries.count < maximumEntries, let entry = try reader.next() {
                entries.append(entry)
            }
            return entries
        } catch {
            return entries
        }
    }

    private static func checkLine(_ record: TransferRecord) throws(BrokenProperty) {
        let line = TransferLine.record(record)
        let bytes = line.encoded
        try check(
            bytes.last == lineFeed && bytes.count { $0 == lineFeed } == 1,
            "several lines of \(record)")
        let again: TransferLine
        do throws(TransferProblem) {
            again = try TransferLine(line: Array(bytes.dropLast()))
        } catch {
            throw BrokenProperty("its own line is refused, \(error.reason): \(record)")
        }
        try check(again == line, "another \(record)")
    }
}
