import Auth
import Logging

/// Writes each log event as one line.
struct LineHandler: LogHandler {
    /// What every line of this logger carries.
    var metadata: Logger.Metadata = [:]
    /// Asked at every line for more to carry.
    var metadataProvider: Logger.MetadataProvider?

    private let settings: LogSettings
    private let writer: LogWriter
    private let now: @Sendable () -> Timestamp
    private var ownLevel: Logger.Level?

    /// A handler that takes its level and format from settings which may change at any time.
    ///
    /// - Parameters:
    ///   - settings: Shared by all handlers.
    ///   - writer: Shared by all handlers.
    ///   - now: The clock; the system's where none is given.
    init(
        settings: LogSettings, writer: LogWriter,
        now: @escaping @Sendable () -> Timestamp = WallClock.now
    ) {
        self.settings = settings
        self.writer = writer
        self.now = now
    }

    /// The level of the settings, until this logger is given one of its own.
    var logLevel: Logger.Level {
        get { ownLevel ?? settings.level }
        set { ownLevel = newValue }
    }

    /// One field that every line of this logger carries.
    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Hands the line to the writer; never waits for the output.
    func log(event: LogEvent) {
        let line = LogLine(
            time: now(), level: event.level, message: event.message.description,
            metadata: fields(of: event))
        let format = settings.format
        writer.append(line.encoded(as: format)) {
            LogLine(dropped: $0, time: line.time).encoded(as: format)
        }
    }

    /// All fields; where two have one name, the one nearest to the event.
    private func fields(of event: LogEvent) -> Logger.Metadata {
        var fields = metadata
        if let provided = metadataProvider?.get() { fields.merge(provided) { $1 } }
        if let error = event.error { fields["error"] = "\(error)" }
        guard let particular = event.metadata else { return fields }
        if fields.isEmpty { return particular }
        fields.merge(particular) { $1 }
        return fields
    }
}
