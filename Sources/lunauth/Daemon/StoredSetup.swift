import API
import Auth
import PostgreSQLStore
import SQLiteStore
import System

/// What setup stored: in `setup.json`, or, where that is missing or damaged, in the database; with PostgreSQL
/// in the database alone, which all daemons have in common.
struct StoredSetup {
    /// What was found.
    struct Found {
        /// The record; nil where the server is not set up.
        var record: SetupRecord?
        /// The file that has to be made again.
        var missingFile: Restore.SetupFile?
    }

    /// What setup stored for the server of this configuration.
    ///
    /// - Parameters:
    ///   - layers: Before the record is applied.
    ///   - need: What is wanted of the server: a report is also given without its database.
    /// - Returns: The record, where there is one.
    /// - Throws: As `read`; `PostgreSQLStorageError`.
    static func find(
        for layers: LayeredConfiguration, _ need: ServerNeed
    ) throws -> Found {
        switch layers.database.location {
        case .sqlite(let name):
            let file = StoredSetup(of: layers, database: name)
            let (record, isRebuilt) = try file.read()
            guard isRebuilt, let record else { return Found(record: record) }
            return Found(
                record: record, missingFile: .init(path: file.path, content: record.encoded))
        case .postgreSQL(let address):
            let configuration = PostgreSQLConfiguration(
                layers.values, at: address, layers.secrets, nil)
            do {
                let found = try PostgreSQLStorage.inspect(configuration)
                return Found(
                    record: found.hasOwner
                        ? found.record.flatMap { SetupRecord(encoded: $0) } : nil)
            } catch {
                guard need == .report else { throw error }
                return Found()
            }
        }
    }

    /// Where the file is.
    let path: String
    private let directory: String
    private let database: String
    private let isFixed: Bool

    /// What setup stored beside a database in a file.
    private init(of layers: LayeredConfiguration, database: String) {
        directory = layers.dataDirectory
        path = "\(directory)/setup.json"
        self.database = database
        isFixed = layers.isFixed("database")
    }

    /// The content of the file; nil when there is none.
    static func content(of path: String) throws(FileError) -> [UInt8]? {
        try DurableFile.read(path, limit: 65_536)
    }

    /// What was stored.
    ///
    /// A database that is set up beats a configuration that names another, empty one: there setup would
    /// be open again. The environment beats both.
    /// - Returns: The record, nil where the server is not set up; and whether the file has to be made
    ///   again.
    /// - Throws: `FileError`; `SetupRecordError` when the file is damaged and no database has what was in it,
    ///   or when several databases are set up.
    private func read() throws -> (record: SetupRecord?, isRebuilt: Bool) {
        let content = try Self.content(of: path)
        let stored = content.flatMap { SetupRecord(encoded: $0) }
        if let stored, stored.databaseName != nil { return (stored, false) }
        guard let found = try foundDatabase() else {
            guard content == nil || stored != nil else {
                throw SetupRecordError.damaged(path: path)
            }
            return (stored, false)
        }
        var record = stored ?? found.record.flatMap { SetupRecord(encoded: $0) }
        if found.name != database {
            record = record ?? SetupRecord()
            record?.databaseName = found.name
        }
        return (record, record != stored || content != nil && stored == nil)
    }

    private func foundDatabase() throws -> SetUpDatabase? {
        let present = SetUpDatabase.all(in: directory, named: [database]).first
        guard present == nil, !isFixed else { return present }
        let others = SetUpDatabase.all(in: directory)
        guard others.count <= 1 else {
            throw SetupRecordError.ambiguous(
                path: path, directory: directory, databases: others.map(\.name))
        }
        return others.first
    }
}

/// Why it is not known what setup stored.
enum SetupRecordError: Error, Equatable, CustomStringConvertible {
    /// The file is damaged, and no database has what was in it.
    case damaged(path: String)
    /// Several databases are set up, and the file names none.
    case ambiguous(path: String, directory: String, databases: [String])

    /// For standard error.
    var description: String { "\(finding): \(advice)" }

    /// What was found.
    var finding: String {
        switch self {
        case .damaged(let path): "\(path) is damaged, and no database beside it has its content"
        case .ambiguous(let path, let directory, let databases):
            """
            several databases in \(directory) are set up (\(databases.joined(separator: ", "))) and \
            \(path) names none
            """
        }
    }

    /// What to do.
    var advice: String {
        switch self {
        case .damaged:
            "run `lunauth restore FILE` with a backup, or remove it, and setup is open again"
        case .ambiguous: "name one as \"database\" in the configuration (\"sqlite:NAME\")"
        }
    }
}
