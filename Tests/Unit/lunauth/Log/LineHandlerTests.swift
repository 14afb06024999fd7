import Auth
import Logging
import Testing

@testable import lunauth

/// A logger that writes into a pipe, at a fixed time.
private struct Fixture {
    let pipe: LogPipe
    let writer: LogWriter
    let settings: LogSettings
    var logger: Logger

    init(level: Logger.Level = .info, provider: Logger.MetadataProvider? = nil) throws {
        let pipe = try LogPipe()
        let writer = try LogWriter(to: pipe.input)
        let settings = LogSettings(level: level, format: .text)
        (self.pipe, self.writer, self.settings) = (pipe, writer, settings)
        logger = Logger(label: "test") { _ in
            var handler = LineHandler(settings: settings, writer: writer) {
                Timestamp(milliseconds: 0)
            }
            handler.metadataProvider = provider
            return handler
        }
    }

    /// What was written, without the time at the start of each line.
    func lines() -> [String] {
        writer.flush()
        return pipe.read().split(separator: "\n").map { line in
            String(line.trimmingPrefix("1970-01-01T00:00:00.000Z "))
        }
    }
}

@Suite struct LineHandlerTests {
    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    @Test func `an event is one line`() throws {
        let fixture = try Fixture()
        defer { fixture.writer.close() }
        fixture.logger.info("request", metadata: ["status": .stringConvertible(200), "id": "a b"])
        #expect(fixture.lines() == [#"INFO request id="a b" status=200"#])
    }

    @Test func `lines below the level are not written`() throws {
        let fixture = try Fixture(level: .warning)
        defer { fixture.writer.close() }
        fixture.logger.debug("a")
        fixture.logger.notice("b")
        fixture.logger.warning("c")
        fixture.logger.critical("d")
        #expect(fixture.lines() == ["WARNING c", "CRITICAL d"])
    }

    @Test func `level and format change for loggers that are in use`() throws {
        let fixture = try Fixture()
        defer { fixture.writer.close() }
        let copy = fixture.logger
        copy.debug("a")
        fixture.settings.level = .debug
        fixture.settings.format = .json
        copy.debug("b")
        fixture.settings.level = .error
        fixture.settings.format = .text
        copy.warning("c")
        copy.error("d")
        #expect(
            fixture.lines() == [
                #"{"time":"1970-01-01T00:00:00.000Z","level":"debug","message":"b"}"#, "ERROR d",
            ])
    }

    @Test(arguments: Logger.Level.allCases)
    func `every level can be set and read`(level: Logger.Level) {
        let settings = LogSettings(level: level, format: .json)
        #expect(settings.level == level)
        #expect(settings.format == .json)
    }

    @Test func `each logger has its own level and metadata`() throws {
        let fixture = try Fixture()
        defer { fixture.writer.close() }
        var first = fixture.logger
        first[metadataKey: "only"] = "first"
        first.logLevel = .error
        var second = first
        second.logLevel = .debug
        second[metadataKey: "only"] = "second"
        first.info("hidden")
        first.error("a")
        second.debug("b")
        fixture.logger.info("c")
        #expect(first[metadataKey: "only"] == "first")
        #expect(fixture.lines() == ["ERROR a only=first", "DEBUG b only=second", "INFO c"])
    }

    @Test func `the field nearest to the event wins`() throws {
        let provider = Logger.MetadataProvider { ["a": "provider", "b": "provider"] }
        var fixture = try Fixture(provider: provider)
        defer { fixture.writer.close() }
        fixture.logger[metadataKey: "a"] = "logger"
        fixture.logger[metadataKey: "c"] = "logger"
        fixture.logger.info("m", metadata: ["b": "event"])
        #expect(fixture.lines() == ["INFO m a=provider b=event c=logger"])
    }

    @Test func `an error is a field that cannot forge a line`() throws {
        let fixture = try Fixture()
        defer { fixture.writer.close() }
        fixture.logger.error("m", error: Failure(description: "bad\nINFO forged"))
        #expect(fixture.lines() == [#"ERROR m error="bad\nINFO forged""#])
    }

    @Test(arguments: [LogFormat.text, .json])
    func `lines that were dropped are reported in the format of the log`(format: LogFormat) throws {
        let pipe = try LogPipe()
        let writer = try LogWriter(to: pipe.input, capacity: 120)
        defer { writer.close() }
        let settings = LogSettings(level: .info, format: format)
        let logger = Logger(label: "test") { _ in
            LineHandler(settings: settings, writer: writer) { Timestamp(milliseconds: 0) }
        }
        logger.info("\(String(repeating: "a", count: 200))")
        logger.info("short")
        writer.flush()
        let expected =
            switch format {
            case .text: "1970-01-01T00:00:00.000Z WARNING 1 log lines were dropped"
            case .json:
                #"{"time":"1970-01-01T00:00:00.000Z","level":"warning","#
                    + #""message":"1 log lines were dropped"}"#
            }
        #expect(pipe.read().split(separator: "\n").first.map(String.init) == expected)
    }

    @Test func `the system's time has milliseconds`() {
        let (before, after) = (WallClock.now(), WallClock.now())
        #expect(before <= after)
        #expect(before > Timestamp(milliseconds: 1_700_000_000_000))
    }
}
