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

    init(_ service: TransferService, mode: Mode, allowsAdministrators: Bool) {
        self.service = service
        self.mode = mode
        options = ImportOptions(
            allowsAdministrators: allowsAdministrators || mode == .verify,
            isTrial: mode != .write)
        report = ImportReport(mode)
    }

    /// Reads all records of a file.
    ///
    /// - Throws: `AuthError`, `OutputError`, and what the reader throws: what was imported stays.
    mutating func read(_ source: any ImportReader) throws {
        var reader = source
        do {
            while let entry = try reader.next() {
                batch.append(entry)
                if batch.count == Self.batchCount { try finishBatch() }
            }
        } catch {
            // What was read before is as good as it was.
            try finishBatch()
            report.summarize()
            throw error
        }
        try finishBatch()
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

    private mutating func finishBatch() throws {
        let records = batch.compactMap { try? $0.record.get() }
        var results =
            try records.isEmpty
            ? [][...] : service.importRecords(records, options)[...]
        for entry in batch {
            switch entry.record {
            case .success: if let result = results.popFirst() { try report.add(entry, result) }
            case .failure(let problem): try report.add(entry, problem)
            }
        }
        batch.removeAll(keepingCapacity: true)
    }
}
