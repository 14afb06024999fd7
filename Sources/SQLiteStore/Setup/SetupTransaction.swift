import Auth
import StoreSupport
import System

/// First-run setup: makes the owner, in the database that setup names, and `setup.json`.
///
/// A crash leaves a complete setup or none. When the database stays, `setup.json` comes before the
/// COMMIT: without an owner it decides nothing that setup would not decide again. When the database
/// is another, the copy is complete before `setup.json` names it, and marked as unfinished until
/// then.
struct SetupTransaction {
    /// What to do.
    let setup: SetupJob
    /// Changed when it is done.
    let instance: SharedState
    /// The writer's connection, without a transaction.
    let present: Database
    /// Whether the caller still waits: if not, nothing is committed.
    let isAwaited: () -> Bool

    private var configuration: StorageConfiguration { instance.configuration }

    /// The name of the database that the record leaves the server in.
    private var name: String { setup.record.databaseName ?? instance.database.name }

    private var target: String { configuration.path(ofDatabase: name) }

    /// Does everything.
    ///
    /// Other processes cannot write to the present database meanwhile.
    ///
    /// - Throws: `alreadySetUp`, `emailTaken`, `databaseInUse`, `unavailable`. Nothing has changed
    ///   then, except that a file without accounts may be gone from the place of the copy.
    func run() throws(AuthError) {
        try reportingFaults(present.execute("BEGIN IMMEDIATE"))
        defer { present.rollBack() }
        let transaction = SQLiteTransaction(
            on: present, now: configuration.now(), for: setup.cause)
        if try transaction.owner() != nil { throw .alreadySetUp }
        if try transaction.account(setup.owner.email) != nil { throw .emailTaken }
        let settings =
            name == instance.database.name ? try stay(transaction) : try move()
        instance.finishSetup(setup.record, settings)
    }

    /// - Returns: The settings of the server that is set up.
    private func stay(_ transaction: SQLiteTransaction) throws(AuthError) -> Settings {
        let settings = try insertOwner(transaction)
        let file = try RecordFile(configuration)
        do throws(AuthError) {
            try write(to: file)
            try reportingFaults(present.execute("COMMIT"))
        } catch {
            present.rollBack()
            try file.restore()
            throw error
        }
        return settings
    }

    /// - Returns: The settings of the server that is set up.
    private func move() throws(AuthError) -> Settings {
        guard mayReplaceTarget() else { throw .databaseInUse }
        let file = try RecordFile(configuration)
        let copy = TemporaryFile.name(beside: target)
        let settings: Settings
        do throws(AuthError) {
            settings = try makeCopy(copy)
            try putInPlace(copy)
        } catch {
            TemporaryFile.remove(copy, with: DatabaseFiles.companions)
            throw error
        }
        do throws(AuthError) {
            try write(to: file)
        } catch {
            // In this order: a record must never name a file that is gone.
            try file.restore()
            try reporting(DurableFile.remove(target))
            throw error
        }
        // Setup is done, whether or not this is stored.
        try? SetupMarker.left.set(in: present)
        try? present.execute("COMMIT")
        // Without `setup.json` the mark would say that this database was never put to use.
        if let used = try? Database(path: target, for: .writing) {
            try? SetupMarker.removeAll(from: used)
        }
        return settings
    }

    /// Whether the file in the place of the copy may be replaced.
    private func mayReplaceTarget() -> Bool {
        guard Path.exists(target) else { return true }
        do throws(SQLiteError) {
            let found = try Database(
                path: target, for: .inspecting, busyMilliseconds: configuration.busyMilliseconds)
            if try found.isEmpty() { return true }
            guard try Schema.isOurs(found) else { return false }
            let hasAccounts = try found.integer("SELECT EXISTS (SELECT 1 FROM accounts)") != 0
            return hasAccounts ? try SetupMarker.unfinished.isSet(in: found) : true
        } catch {
            // A file that cannot be read may still be valuable.
            return false
        }
    }

    /// Everything of the present database and the owner, complete on the disk.
    private func makeCopy(_ path: String) throws(AuthError) -> Settings {
        // VACUUM INTO takes an empty file, which has its permissions from here.
        try reporting(DurableFile.write([], to: path))
        // On a connection of its own, since VACUUM refuses to run in a transaction; the one that is
        // open here keeps other processes from writing between the copy and the switch.
        try reportingFaults(
            Database(path: instance.path(of: instance.database), for: .copying)
                .execute("VACUUM INTO ?", .text(path)))
        let settings = try completeCopy(path)
        try reporting(DurableFile.synchronize(path))
        return settings
    }

    private func completeCopy(_ path: String) throws(AuthError) -> Settings {
        let copy = try reportingFaults(Database(path: path, for: .copying))
        try reportingFaults(copy.execute("BEGIN IMMEDIATE"))
        try reportingFaults(SetupMarker.unfinished.set(in: copy))
        let settings = try insertOwner(
            SQLiteTransaction(on: copy, now: configuration.now(), for: setup.cause))
        try reportingFaults(copy.execute("COMMIT"))
        return settings
    }

    private func putInPlace(_ copy: String) throws(AuthError) {
        // The logs of a file that stood here would be applied to the new one.
        for companion in DatabaseFiles.companions {
            try reporting(DurableFile.remove(target + companion))
        }
        try reporting(DurableFile.move(copy, to: target))
    }

    private func insertOwner(_ transaction: SQLiteTransaction) throws(AuthError) -> Settings {
        try transaction.insert(setup.owner, passwordHash: setup.passwordHash)
        try transaction.insert(setup.session, from: setup.client)
        try reportingFaults(
            RecordRow.write(configuration.encodeSetup(setup.record), to: transaction.database))
        try setup.work(transaction)
        return try transaction.settings()
    }

    private func write(to file: RecordFile) throws(AuthError) {
        guard isAwaited() else {
            throw .unavailable(.writeTimedOut, detail: "the caller of this setup gave up")
        }
        try file.write(setup.record)
    }
}
