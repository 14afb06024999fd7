import Auth
import System

/// `setup.json`, as part of a commit: it is replaced before the COMMIT, and put back when that fails.
struct RecordFile {
    private static let maximumBytes = 64 << 10

    private let configuration: StorageConfiguration
    private let previous: [UInt8]?

    /// The file as it is now.
    ///
    /// - Throws: `unavailable` when it cannot be read.
    init(_ configuration: StorageConfiguration) throws(AuthError) {
        self.configuration = configuration
        previous = try reporting(
            DurableFile.read(configuration.setupPath, limit: Self.maximumBytes))
    }

    /// Replaces it.
    ///
    /// - Throws: `unavailable`.
    func write(_ record: SetupRecord) throws(AuthError) {
        try reporting(
            DurableFile.write(configuration.encodeSetup(record), to: configuration.setupPath))
    }

    /// Puts back what was there.
    ///
    /// - Throws: `unavailable`.
    func restore() throws(AuthError) {
        if let previous {
            try reporting(DurableFile.write(previous, to: configuration.setupPath))
        } else {
            try reporting(DurableFile.remove(configuration.setupPath))
        }
    }
}

/// Does what may fail with a file, at the border to the domain.
func reporting<Value>(
    _ body: @autoclosure () throws(FileError) -> Value
) throws(AuthError) -> Value {
    do {
        return try body()
    } catch {
        throw .unavailable(.fileFault, detail: error.description)
    }
}
