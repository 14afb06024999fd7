import API
import Auth
import Crypto
import HTTP
import JSON
import Logging
import Testing
import Web

@testable import lunauth

/// The log of one thread's requests that writes into a pipe, at a time that the test sets.
private struct Fixture {
    let pipe: LogPipe
    let writer: LogWriter
    let settings: LogSettings
    let clock = TestTime()
    let requests: RequestLines

    init(_ format: LogFormat = .text, capacity: Int = 1 << 20) throws {
        pipe = try LogPipe()
        writer = try LogWriter(to: pipe.input, capacity: capacity)
        settings = LogSettings(level: .info, format: format)
        let clock = clock
        requests = RequestLines(settings: settings, writer: writer) { clock.now }
    }

    /// Everything that was written since the last call.
    func text() -> String {
        writer.flush()
        return pipe.read()
    }
}

/// A request by `id` for a path.
private func request(
    _ path: String, id: String = "r1", client: IPAddress? = .v6(high: 0, low: 1),
    microseconds: UInt64 = 1_500
) -> AccessLogEntry {
    AccessLogEntry(
        id: .given(ArraySlice(id.utf8)),
        head: .init(
            client: client, method: .post, path: ArraySlice(path.utf8), microseconds: microseconds),
        status: .ok, bytes: 17)
}

@Suite struct RequestLinesTests {
    private static let account = UUID(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)

    @Test func `a line of text has its fields in a fixed order`() throws {
        let fixture = try Fixture()
        defer { fixture.writer.close() }
        var answered = request("/auth/login")
        answered.account = Self.account
        answered.code = .forbidden
        answered.reason = .notAdministrator
        answered.status = .forbidden
        fixture.requests.write(answered)
        #expect(
            fixture.text()
                == "2026-01-31T09:05:00.123Z INFO request id=r1 client=::1 method=POST "
                + "path=/auth/login status=403 bytes=17 ms=1.500 "
                + "account=01234567-89ab-cdef-fedc-ba9876543210 code=forbidden "
                + "reason=not_administrator\n")
    }

    @Test func `a line of JSON has the same fields, its numbers as numbers`() throws {
        let fixture = try Fixture(.json)
        defer { fixture.writer.close() }
        var answered = request("/auth/login")
        answered.account = Self.account
        answered.code = .forbidden
        answered.reason = .notAdministrator
        fixture.requests.write(answered)
        #expect(
            fixture.text()
                == #"{"time":"2026-01-31T09:05:00.123Z","level":"info","message":"request","#
                + #""id":"r1","client":"::1","method":"POST","path":"/auth/login","#
                + #""status":200,"bytes":17,"ms":1.500,"#
                + #""account":"01234567-89ab-cdef-fedc-ba9876543210","code":"forbidden","#
                + #""reason":"not_administrator"}"# + "\n")
    }

    @Test func `requests for monitoring are logged at a lower level`() throws {
        let fixture = try Fixture()
        defer { fixture.writer.close() }
        for listener in [ListenerRole.public, .admin, .public] {
            fixture.requests.write(
                AccessLogEntry(
                    id: .given(ArraySlice("r".utf8)),
                    head: .init(
                        client: nil, method: .get, path: ArraySlice("/livez".utf8),
                        microseconds: 0, listener: listener),
                    status: .ok, bytes: 0))
        }
        let levels = fixture.text().split(separator: "\n").map { $0.split(separator: " ")[1] }
        #expect(levels == ["INFO", "DEBUG", "INFO"])
    }

    @Test(arguments: [
        (LogFormat.text, "INFO request id=00-2a status=400 bytes=9 code=malformed_request\n"),
        (
            .json,
            #""message":"request","id":"00-2a","status":400,"bytes":9,"#
                + #""code":"malformed_request"}"# + "\n"
        ),
    ])
    func `an unreadable request is logged without a head`(format: LogFormat, ending: String) throws
    {
        let fixture = try Fixture(format)
        defer { fixture.writer.close() }
        fixture.requests.write(
            AccessLogEntry(
                id: .made(thread: Array("00".utf8), count: 42), head: nil, status: .badRequest,
                bytes: 9, code: .malformedRequest))
        #expect(fixture.text().hasSuffix(ending))
    }

    @Test(arguments: LogFormat.allCases)
    func `an unreadable request is logged with its sender, the rule it breaks and its beginning`(
        format: LogFormat
    ) throws {
        let fixture = try Fixture(format)
        defer { fixture.writer.close() }
        fixture.requests.write(
            AccessLogEntry(
                id: .made(thread: Array("00".utf8), count: 42), head: nil,
                input: .init(client: .v4(0xC000_0201), start: "%16%03%01"), status: .badRequest,
                bytes: 9, code: .malformedRequest, brokenRule: .controlByte))
        let text =
            "id=00-2a client=192.0.2.1 status=400 bytes=9 code=malformed_request "
            + #"reason="a control byte in the head" start=%16%03%01"#
        let json =
            #""id":"00-2a","client":"192.0.2.1","status":400,"bytes":9,"code":"malformed_request","#
            + #""reason":"a control byte in the head","start":"%16%03%01"}"#
        #expect(fixture.text().hasSuffix((format == .text ? text : json) + "\n"))
    }

    @Test func `the longest input fits`() throws {
        for rule in MessageError.Reason.allCases {
            let fixture = try Fixture(.json)
            defer { fixture.writer.close() }
            fixture.requests.write(
                AccessLogEntry(
                    id: .made(thread: Array("00".utf8), count: .max), head: nil,
                    input: .init(
                        client: .v6(high: .max, low: .max),
                        start: String(repeating: "%FF", count: UnreadableInput.maximumStart)),
                    status: .badRequest, bytes: .max, account: Self.account,
                    code: .malformedRequest, brokenRule: rule))
            let bytes = Array(fixture.text().utf8.dropLast())
            guard case .object(let members) = try JSONValue.decode(bytes) else {
                Issue.record("no object")
                return
            }
            #expect(members["reason"] == .string(rule.rawValue))
            #expect(members["bytes"] == .integer(.max))
        }
    }

    @Test(arguments: LogLineTests.forgeries + ["", "/plain", "/two words"], LogFormat.allCases)
    func `values from a client are escaped as in any other line`(
        text: String, format: LogFormat
    ) throws {
        let fixture = try Fixture(format)
        defer { fixture.writer.close() }
        fixture.requests.write(request(text))
        fixture.requests.write(request("/", id: text))
        let lines = fixture.text()
        func value(_ name: String) -> String {
            let line = LogLine(
                time: fixture.clock.now, level: .info, message: "m",
                metadata: [name: .string(text)])
            let whole = String(decoding: line.encoded(as: format), as: UTF8.self)
            return switch format {
            case .text: String(whole.split(separator: " INFO m ")[1].dropLast())
            case .json: String(whole.split(separator: #""message":"m","#)[1].dropLast(2))
            }
        }
        let between = format == .text ? " " : ","
        #expect(lines.contains(between + value("path") + between))
        #expect(lines.contains(between + value("id") + between))
        #expect(lines.utf8.count { $0 == UInt8(ascii: "\n") } == 2)
    }

    @Test func `bytes that are no UTF-8 are replaced`() throws {
        let fixture = try Fixture()
        defer { fixture.writer.close() }
        fixture.requests.write(
            AccessLogEntry(
                id: .given(ArraySlice("r".utf8)),
                head: .init(client: nil, method: .get, path: [0x2F, 0xFF, 0x61], microseconds: 0),
                status: .notFound, bytes: 0))
        #expect(fixture.text().contains(" client=local method=GET path=\"/\u{FFFD}a\" status=404 "))
    }

    @Test(arguments: [
        (0, "0.000"), (7, "0.007"), (45, "0.045"), (999, "0.999"), (1_000, "1.000"),
        (10_045, "10.045"), (UInt64.max, "18446744073709551.615"),
    ])
    func `a time has three decimals`(microseconds: UInt64, written: String) throws {
        let fixture = try Fixture()
        defer { fixture.writer.close() }
        fixture.requests.write(request("/", microseconds: microseconds))
        #expect(fixture.text().hasSuffix(" ms=\(written)\n"))
    }

    @Test(arguments: [
        "0.0.0.0", "9.10.99.100", "255.255.255.255", "192.0.2.1", "::", "2001:db8::1",
        "1111:2222:3333:4444:5555:6666:7777:8888",
    ])
    func `a client is its address`(text: String) throws {
        let fixture = try Fixture()
        defer { fixture.writer.close() }
        fixture.requests.write(request("/", client: IPAddress(parsing: text.utf8)))
        #expect(fixture.text().contains(" client=\(text) "))
    }

    @Test(arguments: ErrorCode.allCases, LogFormat.allCases)
    func `the longest values fit`(code: ErrorCode, format: LogFormat) throws {
        let fixture = try Fixture(format)
        defer { fixture.writer.close() }
        var answered = request(
            String(repeating: "/long", count: 10_000), id: String(repeating: "i", count: 64),
            client: .v6(high: .max, low: .max), microseconds: .max)
        (answered.bytes, answered.account, answered.code) = (.max, Self.account, code)
        fixture.requests.write(answered)
        let text = fixture.text()
        #expect(text.contains(code.rawValue) && text.contains("9223372036854775807"))
        #expect(text.utf8.count > 50_000 && text.last == "\n")
    }

    @Test func `level, format and time are those of the moment`() throws {
        let fixture = try Fixture()
        defer { fixture.writer.close() }
        #expect(fixture.requests.isEnabled(for: .public))
        for level in Logger.Level.allCases {
            fixture.settings.level = level
            #expect(fixture.requests.isEnabled(for: .public) == (level <= .info))
            #expect(fixture.requests.isEnabled(for: .admin) == (level <= .debug))
        }
        fixture.requests.write(request("/"))
        fixture.clock.advance(milliseconds: 1)
        fixture.requests.write(request("/"))
        fixture.settings.format = .json
        fixture.requests.write(request("/"))
        let lines = fixture.text().split(separator: "\n")
        #expect(lines[0].hasPrefix("2026-01-31T09:05:00.123Z INFO request id=r1 "))
        #expect(lines[1].hasPrefix("2026-01-31T09:05:00.124Z INFO request id=r1 "))
        #expect(lines[2].hasPrefix(#"{"time":"2026-01-31T09:05:00.124Z","level":"info","#))
    }

    @Test func `lines that were dropped are reported before the next`() throws {
        let fixture = try Fixture(capacity: 200)
        defer { fixture.writer.close() }
        fixture.requests.write(request(String(repeating: "a", count: 200)))
        fixture.requests.write(request("/short"))
        let lines = fixture.text().split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0] == "2026-01-31T09:05:00.123Z WARNING 1 log lines were dropped")
        #expect(lines[1].contains(" path=/short "))
    }
}
