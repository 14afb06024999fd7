public import Auth
import System

/// A database in which an owner exists, found without `setup.json`.
public struct SetUpDatabase: Sendable, Equatable {
    /// Its name, without directory and suffix.
    public let name: String
    /// The content of `setup.json` as the database keeps it; nil when it was set up without one.
    public let record: [UInt8]?
    /// The settings; nil in a database that has yet to be migrated.
    public let settings: Settings?
    /// The key under which second factors and passkeys are sealed, wrapped; nil where there are none.
    public let dataKey: [UInt8]?

    /// The databases of a directory that are set up and in use; what cannot be read is none.
    ///
    /// - Parameters:
    ///   - directory: The data directory; one that is absent has none.
    ///   - names: Those alone that are looked at; nil for all.
    /// - Returns: In the order of their names.
    public static func all(in directory: String, named names: [String]? = nil) -> [SetUpDatabase] {
        (names ?? databaseNames(in: directory)).sorted().compactMap { name in
            try? found(name, in: directory)
        }
    }

    private static func found(
        _ name: String, in directory: String
    ) throws -> SetUpDatabase? {
        let path = "\(directory)/\(name).db"
        guard Path.exists(path) else { return nil }
        let database = try Database(path: path, for: .inspecting)
        guard try Schema.isOurs(database), try database.hasOwner(),
            try !BackupMetadata.isSet(in: database)
        else { return nil }
        for mark in SetupMarker.allCases where try mark.isSet(in: database) { return nil }
        return SetUpDatabase(
            name: name, record: try RecordRow.read(from: database),
            settings: try? Settings(in: database), dataKey: try? database.dataKeyInUse())
    }

    private static func databaseNames(in directory: String) -> [String] {
        ((try? Directory.names(in: directory)) ?? []).filter { $0.hasSuffix(".db") }
            .map { String($0.dropLast(3)) }.filter(DatabaseName.isValid)
    }
}
