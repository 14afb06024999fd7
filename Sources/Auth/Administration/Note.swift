/// What a command tells the server that runs beside it.
extension AdministrationService {
    /// The most notes that are kept for a server.
    public static let maximumNotes = 1_000

    /// Leaves a line for the log of the server that runs beside this process.
    ///
    /// - Throws: `unavailable`.
    public func leave(note: String) throws(AuthError) {
        try store.write { transaction throws(AuthError) in try transaction.leave(note: note) }
    }
}

extension Transaction {
    /// Leaves a line for the log of the server that runs beside this process; of many that no server
    /// takes, the latest are kept.
    ///
    /// - Throws: `unavailable`.
    public func leave(note: String) throws(AuthError) {
        try insertNote(note)
        try deleteNotes(keeping: AdministrationService.maximumNotes)
    }
}
