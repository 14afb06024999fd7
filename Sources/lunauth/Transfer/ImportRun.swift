import Auth

/// One run of `lunauth import`: reads, imports in small transactions, reports.
struct ImportRun {
    /// What a run does.
    enum Mode {
        /// Imports, and reports what was refused.
        case write
        /// Changes nothing, and reports every line.
        case trial
        /// Changes nothing, and reports what differs.
        case verify
    }

    /// Records of one transaction, so that other writes are not delayed for long.
    private static let batchCount = 100

    private let service: TransferService
    private let mode: Mode
    private let options: ImportOptions
    private var report: ImportReport
    private var batch: [ImportEntry] = []
    private var (statedTotals, hasSecrets): (TransferTotals?, Bool) = (nil, false)
    /// Addresses that were read, as their hashes: some bytes of each.
    private var addresses: Set<Int> = []

    init(
        _ service: TransferService, mode: Mode, allowsAdministrators: Bool, overwrites: Bool
    ) {
        self.service = service
        self.mode = mode
        options = ImportOptions(
            allowsAdministrators: allowsAdministrators || mode == .verify,
            isTrial: mode != .write, overwrites: overwrites || mode == .verify)
        report = ImportReport(mode)
    }

    /// Reads all records of a file.
    ///
    /// - Throws: `AuthError`, `OutputError`, and what the reader throws: what was imported stays.
    mutating func read(_ source: any ImportReader) throws {
        var reader = source
        var fault: (any Error)?
        while fault == nil {
            do {
                guard let entry = try reader.next() else { break }
                batch.append(single(entry))
            } catch {
                // What was read before is as good as it was.
                fault = error
            }
            if batch.count == Self.batchCount { try finishBatch() }
        }
        try finishBatch()
        if let fault {
            report.summarize()
            throw fault
        }
        (statedTotals, hasSecrets) = (reader.statedTotals, reader.hasSecrets)
        if let flaw = reader.flaw { report.note(flaw: flaw) }
    }

    /// Prints the summary; of a comparison the totals of file and server, too.
    ///
    /// - Throws: The way out, with 1 where something was refused, or differs.
    mutating func conclude() throws {
        if mode == .verify, let stated = statedTotals {
            let found = try TransferWriter.export(service, withSecrets: hasSecrets) { _ in }
            report.compare(stated, found)
        }
        report.summarize()
        guard report.isClean else { throw ExitStatus.failure.exit }
    }

    /// Refuses a second record of an address: it would change what the first one made.
    private mutating func single(_ entry: ImportEntry) -> ImportEntry {
        guard case .success(.account(let account)) = entry.record,
            !addresses.insert(account.email.address.hashValue).inserted
        else { return entry }
        return ImportEntry(
            entry.number, entry.subject,
            .failure(TransferProblem("a record before it has this email")))
    }

    private mutating func finishBatch() throws {
        let records = batch.compactMap { try? $0.record.get() }
        var results: ArraySlice<ImportResult> = []
        do {
            if !records.isEmpty { results = try service.importRecords(records, options)[...] }
        } catch {
            report.fail(from: batch.first?.number, to: batch.last?.number)
            throw error
        }
        for entry in batch {
            switch entry.record {
            case .success: if let result = results.popFirst() { try report.add(entry, result) }
            case .failure(let problem): try report.add(entry, problem)
            }
        }
        batch.removeAll(keepingCapacity: true)
    }
}
