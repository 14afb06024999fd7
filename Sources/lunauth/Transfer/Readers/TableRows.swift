/// The rows of one table, from CSV (RFC 4180) or the COPY block of a dump of pg_dump.
struct TableRows {
    /// The number of the line at which the row ends.
    private(set) var number = 0

    private let lines: LineSource
    private var names: [String] = []
    private var isCopy = false

    /// Finds the rows.
    ///
    /// - Parameters:
    ///   - lines: The file.
    ///   - table: The name of the table in a dump.
    ///   - schema: Its schema.
    ///   - column: A name that the line of names has to have.
    /// - Throws: When there are no such rows; `FileError`.
    init(_ lines: LineSource, table: String, of schema: String, column: String) throws {
        self.lines = lines
        let starts = ["COPY \(schema).\(table) (", "COPY \"\(schema)\".\"\(table)\" ("]
        while let line = try line() {
            if number == 1, line.contains(column), !line.hasPrefix("COPY ") {
                names = try csv(line).map { $0 ?? "" }
                return
            }
            guard let start = starts.first(where: line.hasPrefix), let end = line.lastIndex(of: ")")
            else { continue }
            names = line[line.index(line.startIndex, offsetBy: start.count)..<end]
                .split(separator: ",").map { $0.filter { $0 != " " && $0 != "\"" } }
            guard names.contains(column) else { break }
            isCopy = true
            return
        }
        throw TransferProblem(
            "neither CSV with a line of names (\(column), …) nor a dump with COPY \(schema).\(table)"
        )
    }

    /// The next row, by the names of its columns, without those that are null or empty; nil at the end.
    ///
    /// - Throws: `TransferProblem`, `FileError`.
    mutating func next() throws -> [String: String]? {
        while let line = try line() {
            if isCopy, line == "\\." { return nil }
            guard !line.isEmpty else { continue }
            let values = isCopy ? Self.copied(line) : try csv(line)
            guard values.count == names.count else {
                throw TransferProblem(
                    "line \(number): \(values.count) values for \(names.count) columns")
            }
            var row: [String: String] = [:]
            for (name, value) in zip(names, values) {
                if let value, !value.isEmpty { row[name] = value }
            }
            return row
        }
        return nil
    }

    private mutating func line() throws -> String? {
        guard let bytes = try lines.next() else { return nil }
        number += 1
        let isMarked = number == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let text = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes[...]
        return String(decoding: isMarked ? text.dropFirst(3) : text, as: UTF8.self)
    }

    /// The values of a row of CSV, which goes on in the next lines while a quotation is open.
    private mutating func csv(_ first: String) throws -> [String?] {
        var text = first
        var isOpen = Self.opensQuotation(first)
        while isOpen {
            guard let more = try line(), text.utf8.count < SupabaseReader.maximumBytes else {
                throw TransferProblem("line \(number): a quotation has no end")
            }
            text += "\n" + more
            // Only what was added is searched: a quotation of many short lines is read in no more time.
            isOpen = isOpen != Self.opensQuotation(more)
        }
        var (values, value, isQuoted): ([String?], [UInt8], Bool) = ([], [], false)
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "\""):
                // A doubled mark inside of a quotation ends it and begins it again.
                if !isQuoted, index > 0, bytes[index - 1] == byte { value.append(byte) }
                isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted:
                values.append(String(decoding: value, as: UTF8.self))
                value = []
            default: value.append(byte)
            }
        }
        return values + [String(decoding: value, as: UTF8.self)]
    }

    /// Whether a text has an odd number of quotation marks.
    private static func opensQuotation(_ text: String) -> Bool {
        !text.utf8.count { $0 == UInt8(ascii: "\"") }.isMultiple(of: 2)
    }

    /// The values of a line of COPY in text format, `\N` as nil.
    private static func copied(_ line: String) -> [String?] {
        line.utf8.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map {
            field in
            guard !field.elementsEqual("\\N".utf8) else { return nil }
            var (value, isEscaped): ([UInt8], Bool) = ([], false)
            for byte in field {
                if isEscaped {
                    value.append(Self.escapes[byte] ?? byte)
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else {
                    value.append(byte)
                }
            }
            return String(decoding: value, as: UTF8.self)
        }
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13,
    ]
}
