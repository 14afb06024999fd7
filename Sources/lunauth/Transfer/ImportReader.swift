import Auth

/// A record of a file, with the place where it is.
struct ImportEntry {
    /// The number of its line, or of the account in a file without lines, from 1.
    let number: Int
    /// Whose record it is, for the report: an address, a name, an id; empty where that is not known.
    let subject: String
    /// The record; what is wrong with it.
    let record: Result<TransferRecord, TransferProblem>
    /// What of it cannot be moved.
    let remarks: [String]

    init(
        _ number: Int, _ subject: String, _ record: Result<TransferRecord, TransferProblem>,
        remarks: [String] = []
    ) {
        self.number = number
        self.subject = subject
        self.record = record
        self.remarks = remarks
    }

    /// The entry of an account.
    ///
    /// - Parameters:
    ///   - number: Its place.
    ///   - subject: Whose it is.
    ///   - remarks: What of it cannot be moved.
    ///   - read: Reads it.
    /// - Returns: The entry.
    static func account(
        _ number: Int, _ subject: String, remarks: [String] = [],
        _ read: () throws(TransferProblem) -> AccountTransfer
    ) -> ImportEntry {
        ImportEntry(
            number, subject,
            Result { () throws(TransferProblem) in .account(try read()) }, remarks: remarks)
    }
}

/// Reads the records of a file, one at a time.
protocol ImportReader {
    /// The next record; nil at the end.
    ///
    /// - Throws: What makes the rest of the file useless.
    mutating func next() throws -> ImportEntry?
    /// The totals that the file states; nil where it states none, or its end was not reached.
    var statedTotals: TransferTotals? { get }
    /// Whether factors have their secrets.
    var hasSecrets: Bool { get }
    /// What is wrong with the file as a whole, once its end was reached.
    var flaw: String? { get }
}

extension ImportReader {
    var statedTotals: TransferTotals? { nil }
    var hasSecrets: Bool { false }
    var flaw: String? { nil }
}
