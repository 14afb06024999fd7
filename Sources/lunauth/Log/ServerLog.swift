import System
import Logging

/// The log of a daemon: what its parts write to, and what may change about it.
struct ServerLog: Sendable {
    /// Writes lines of the server.
    let logger: Logger
    private let settings: LogSettings
    private let writer: LogWriter

    /// A log on standard error.
    ///
    /// - Throws: The call that failed: the process has no descriptor or no thread left.
    init(_ configuration: Configuration.Log) throws(SystemError) {
        let settings = LogSettings(level: configuration.level, format: configuration.format)
        let writer = try LogWriter()
        logger = Logger(label: "lunauth") { _ in LineHandler(settings: settings, writer: writer) }
        self.settings = settings
        self.writer = writer
    }

    /// The lines of requests, for one thread.
    func requests() -> RequestLines { RequestLines(settings: settings, writer: writer) }

    /// Takes over another level and format.
    func apply(_ configuration: Configuration.Log) {
        settings.level = configuration.level
        settings.format = configuration.format
    }

    /// Waits, at most 2 seconds, until everything is written.
    func flush() {
        writer.flush()
    }
}
