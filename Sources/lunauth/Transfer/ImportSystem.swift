/// A system whose accounts can be moved in.
enum ImportSystem: String, CaseIterable {
    case authelia, pocketbase, supabase, keycloak, htpasswd, lunalytics

    /// All of them, for help.
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// A reader of a file.
    ///
    /// - Parameters:
    ///   - file: The file; `-` for standard input, where it is read line by line.
    ///   - system: The system; nil for lunauth.
    /// - Returns: The reader.
    /// - Throws: `FileError`, `StorageError`, `TransferProblem`.
    static func reader(of file: String, from system: ImportSystem?) throws -> any ImportReader {
        switch system {
        case nil: LunauthReader(try LineSource(file, maximum: TransferLine.maximumBytes))
        case .htpasswd: HtpasswdReader(try LineSource(file, maximum: HtpasswdReader.maximumBytes))
        case .authelia: try AutheliaReader(file)
        case .keycloak: try KeycloakReader(file)
        case .supabase: try SupabaseReader(LineSource(file, maximum: SupabaseReader.maximumBytes))
        case .pocketbase: try PocketBaseReader(file)
        case .lunalytics: try LunalyticsReader(file)
        }
    }
}
