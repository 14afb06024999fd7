import Auth
import Crypto
import HTTP
import JSON
import Synchronization
import TestSupport
import Testing

@testable import Web

/// Which requests are probes of the doctor.
struct ProbeGateTests {
    private let key = Secret.random()
    private let clock = TestClock()
    private let gate: ProbeGate

    init() {
        gate = ProbeGate(key: key, now: { [clock] in clock.now })
    }

    private func request(
        _ pass: String?, _ method: String = "GET", _ target: String = "/auth/probe"
    ) throws -> Request {
        let field = pass.map { "X-Lunauth-Probe: \($0)\n" } ?? ""
        return try Request(wire: "\(method) \(target) HTTP/1.1\nHost: a\n\(field)\n")
    }

    private func pass(_ target: String = "/auth/probe", key: Secret? = nil) -> String {
        ProbePass(at: clock.now).text(for: .get, target, key: key ?? self.key)
    }

    @Test func `a pass opens its own request once`() throws {
        let request = try request(pass())
        #expect(gate.isProbe(request))
        #expect(gate.isProbe(request), "until it is taken")
        _ = try gate.take(of: request)
        #expect(!gate.isProbe(request))
        #expect(throws: RequestError.self) { try gate.take(of: request) }
    }

    @Test func `a pass opens no other request`() throws {
        let text = pass()
        #expect(!gate.isProbe(try request(text, "POST")))
        #expect(!gate.isProbe(try request(text, "HEAD")))
        #expect(!gate.isProbe(try request(text, "GET", "/auth/probe?drop=1")))
        #expect(!gate.isProbe(try request(text, "GET", "/auth/probe?")))
        #expect(!gate.isProbe(try request(text, "GET", "/auth/me")))
        #expect(gate.isProbe(try request(text)))
    }

    @Test func `a pass of another key opens nothing, and none does without a key`() throws {
        #expect(!gate.isProbe(try request(pass(key: .random()))))
        let keyless = ProbeGate(now: { [clock] in clock.now })
        #expect(!keyless.isProbe(try request(pass())))
        let other = Secret.random()
        let former = try request(pass())
        gate.replace(by: other)
        #expect(!gate.isProbe(former))
        #expect(gate.isProbe(try request(pass(key: other))))
    }

    @Test func `a pass is valid for a minute`() throws {
        let request = try request(pass())
        clock.advance(seconds: 59)
        #expect(gate.isProbe(request))
        clock.advance(seconds: 1)
        #expect(!gate.isProbe(request))
        #expect(throws: RequestError.self) { try gate.take(of: request) }
    }

    @Test func `a pass of a clock that is ahead opens nothing`() throws {
        let text = ProbePass(at: clock.now.adding(seconds: 1)).text(
            for: .get, "/auth/probe", key: key)
        #expect(!gate.isProbe(try request(text)))
    }

    @Test func `every part of a pass counts`() throws {
        let text = Array(pass().utf8)
        for index in text.indices {
            var changed = text
            changed[index] =
                changed[index] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
            #expect(
                !gate.isProbe(try request(String(decoding: changed, as: UTF8.self))), "\(index)")
        }
    }

    @Test(arguments: [
        "", ".", "..", "...", "a.1.b", "00000000000000000000000000000000.1.",
        "00000000000000000000000000000000.99999999999999999999.AA",
    ])
    func `what is no pass opens nothing`(text: String) throws {
        #expect(!gate.isProbe(try request(text)))
    }

    @Test func `two passes in one request open nothing`() throws {
        let text = pass()
        let wire =
            "GET /auth/probe HTTP/1.1\nHost: a\nX-Lunauth-Probe: \(text)\nX-Lunauth-Probe: \(text)\n\n"
        #expect(!gate.isProbe(try Request(wire: wire)))
    }

    @Test func `no pass is forgotten while it is valid, and memory is bounded`() throws {
        let first = try request(pass())
        _ = try gate.take(of: first)
        for _ in 1..<ProbeGate.maximumUsed { _ = try gate.take(of: request(pass())) }
        #expect(throws: RequestError.self) { try gate.take(of: request(pass())) }
        #expect(throws: RequestError.self) { try gate.take(of: first) }
        clock.advance(seconds: 60)
        _ = try gate.take(of: request(pass()))
    }

    @Test func `one answer is delayed at a time, and none for longer than the most`() throws {
        let waits = Mutex<[Int]>([])
        let inner = Mutex<ProbeGate?>(nil)
        let refusals = Mutex(0)
        let gate = ProbeGate(
            key: key,
            pause: { seconds in
                waits.withLock { $0.append(seconds) }
                do throws(RequestError) {
                    try inner.withLock({ $0 })?.delay(for: 1)
                } catch {
                    refusals.withLock { $0 += 1 }
                }
            })
        inner.withLock { $0 = gate }
        try gate.delay(for: 1_000)
        try gate.delay(for: 2)
        #expect(waits.withLock { $0 } == [ProbeGate.maximumDelay, 2])
        #expect(refusals.withLock { $0 } == 2)
        inner.withLock { $0 = nil }
    }

    @Test func `a report is read as it was written`() throws {
        let report = ProbeReport(
            peer: "127.0.0.1", port: 1_234, isTrusted: true, client: nil, namesClient: false,
            namesScheme: true, isSecure: true, host: "a:1", keepsConnection: false, bodyBytes: 7,
            canaries: [.forwarded, .remoteUser], cookie: "a=b; Path=/")
        #expect(ProbeReport(try JSONValue.decode(report.json.encoded())) == report)
        #expect(ProbeReport(.object([:])) == nil)
    }
}
