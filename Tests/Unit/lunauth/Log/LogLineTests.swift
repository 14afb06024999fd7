import API
import Auth
import JSON
import Logging
import Testing

@testable import lunauth

@Suite struct LogLineTests {
    private func line(
        _ message: String, _ metadata: Logger.Metadata = [:], level: Logger.Level = .info,
        as format: LogFormat = .text
    ) -> String {
        let line = LogLine(
            time: Timestamp(milliseconds: 1_769_850_300_123), level: level, message: message,
            metadata: metadata)
        return String(decoding: line.encoded(as: format), as: UTF8.self)
    }

    /// What the client of a login can put into a request line.
    static let forgeries = [
        "\n2026-01-31T09:05:00.123Z INFO request account=admin", "\r\nx", "a\u{85}b", "a\u{2028}b",
        "a\u{2029}b", "\u{1B}[2J\u{1B}[31m", "\u{0}", "\u{7F}", "\u{9B}2J", "\" account=\"admin",
        "a account=admin", "\\", "\\\"", "a=b", "\u{202E}nimda", "\t", "\u{0B}\u{0C}", "é\n",
    ]

    @Test func `an id is first, the other fields follow sorted`() {
        let metadata: Logger.Metadata = [
            "zone": "z", "status": .stringConvertible(200), "id": "r1", "agent": "curl",
        ]
        #expect(
            line("fault", metadata)
                == "2026-01-31T09:05:00.123Z INFO fault id=r1 agent=curl status=200 zone=z\n")
        #expect(
            line("fault", metadata, as: .json)
                == #"{"time":"2026-01-31T09:05:00.123Z","level":"info","message":"fault","#
                + #""id":"r1","agent":"curl","status":200,"zone":"z"}"# + "\n")
    }

    @Test(arguments: [
        ("plain", "plain"), ("", "\"\""), ("two words", "\"two words\""), ("a=b", "\"a=b\""),
        ("a\"b", #""a\"b""#), ("a\\b", #""a\\b""#), ("a\nb", #""a\nb""#), ("é", "\"é\""),
        ("/a?b,c;d[e]{f}~", "/a?b,c;d[e]{f}~"),
    ])
    func `a value is quoted where a reader needs it`(value: String, written: String) {
        #expect(line("m", ["k": .string(value)]).hasSuffix(" INFO m k=\(written)\n"))
    }

    @Test(arguments: [
        (Logger.Level.trace, "TRACE"), (.debug, "DEBUG"), (.info, "INFO"), (.notice, "NOTICE"),
        (.warning, "WARNING"), (.error, "ERROR"), (.critical, "CRITICAL"),
    ])
    func `the level is written`(level: Logger.Level, name: String) {
        #expect(line("m", level: level) == "2026-01-31T09:05:00.123Z \(name) m\n")
        #expect(line("m", level: level, as: .json).contains("\"level\":\"\(level.rawValue)\""))
    }

    @Test(arguments: forgeries, LogFormat.allCases)
    func `a client cannot forge a line or a field`(text: String, format: LogFormat) throws {
        for line in [
            line("m", ["path": .string(text)], as: format), line(text, as: format),
            line("m", [text: "v"], as: format), line("m", ["list": [.string(text)]], as: format),
        ] {
            #expect(line.utf8.count(where: { $0 == UInt8(ascii: "\n") }) == 1)
            #expect(line.utf8.last == UInt8(ascii: "\n"))
            for scalar in line.unicodeScalars.dropLast() {
                #expect(scalar.properties.generalCategory != .control)
                #expect(![0x2028, 0x2029, 0x202E].contains(scalar.value))
            }
        }
        let ending = line("m", ["id": .string(text), "status": "200"], as: .text)
        #expect(ending.hasSuffix(" status=200\n"))
        #expect(!ending.contains(" account=admin "))
    }

    @Test(arguments: forgeries)
    func `a JSON line contains exactly what was logged`(text: String) throws {
        let bytes = Array(line(text, ["path": .string(text)], as: .json).utf8)
        guard case .object(let members) = try JSONValue.decode(bytes) else {
            Issue.record("no object")
            return
        }
        #expect(members.count == 4)
        #expect(members["message"] == .string(text))
        #expect(members["path"] == .string(text))
    }

    @Test func `a field that is named like a part of the line does not hide it`() throws {
        let metadata: Logger.Metadata = ["time": "t", "level": "l", "message": "x"]
        let members = try JSONValue.decode(Array(line("m", metadata, as: .json).utf8))
        #expect(
            members
                == .object([
                    "time": .string("2026-01-31T09:05:00.123Z"), "level": .string("info"),
                    "message": .string("m"), "time_": .string("t"), "level_": .string("l"),
                    "message_": .string("x"),
                ]))
    }

    @Test func `numbers and booleans keep their type in JSON`() {
        let metadata: Logger.Metadata = [
            "a": .stringConvertible(-5), "b": .stringConvertible(1.5),
            "c": .stringConvertible(true), "d": .stringConvertible("e" as Character), "e": "5",
        ]
        #expect(
            line("m", metadata, as: .json)
                .hasSuffix(#""message":"m","a":-5,"b":1.5,"c":true,"d":"e","e":"5"}"# + "\n"))
        let others: Logger.Metadata = [
            "a": .stringConvertible(UInt64(7)), "b": .stringConvertible(Int32(-7)),
            "c": .stringConvertible(UInt64.max), "d": .stringConvertible(Double.infinity),
        ]
        #expect(
            line("m", others, as: .json).hasSuffix(
                #""message":"m","a":7,"b":-7,"c":"18446744073709551615","d":"inf"}"# + "\n"))
    }
}
