import HTTP
import Testing

@testable import Server

@Suite struct ListenAddressTests {
    @Test(arguments: [
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("0.0.0.0:0", "http://0.0.0.0:0"),
        ("[::1]:443", "http://[::1]:443"),
        ("[2001:db8::5]:65535", "http://[2001:db8::5]:65535"),
        ("unix:/run/lunauth.sock", "unix:/run/lunauth.sock"),
        ("unix:/run/my ü/sock", "unix:/run/my ü/sock"),
    ])
    func `an address is parsed and formatted`(text: String, shown: String) {
        #expect(ListenAddress(text)?.description == shown)
    }

    @Test(arguments: [
        "", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:+80",
        "127.0.0.1: 80", "localhost:80", "::1:80", "[::1]", "[::1:80", "unix:", "1.2.3:80",
        "unix:" + String(repeating: "x", count: 108), "unix:/a\0b", "127.0.0.1:999999999999",
        "unix:/a\nb", "unix:/a\u{7F}", "unix:/a,b", "unix:/a ",
    ])
    func `text that is not an address is rejected`(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test func `sockets passed to this process are taken in order`() {
        let found = InheritedSockets(
            in: ["LISTEN_FDS": "2", "LISTEN_PID": "42"], process: 42)
        #expect(found.listen == [.inherited(descriptor: 3), .inherited(descriptor: 4)])
        #expect(found.admin == [])
    }

    @Test(
        arguments: [
            ("admin", [3], [4, 5]), ("a:admin:b", [4], [3, 5]), ("::admin", [5], [3, 4]),
            ("admin:admin:lunauth.socket", [3, 4], [5]), ("Admin:admins: admin", [], [3, 4, 5]),
            ("", [], [3, 4, 5]), ("a:b:c:admin", [], [3, 4, 5]),
        ] as [(String, [Int32], [Int32])])
    func `a passed socket named admin is for the admin listener`(
        names: String, admin: [Int32], listen: [Int32]
    ) {
        let found = InheritedSockets(
            in: ["LISTEN_FDS": "3", "LISTEN_PID": "42", "LISTEN_FDNAMES": names], process: 42)
        #expect(found.admin == admin.map { .inherited(descriptor: $0) })
        #expect(found.listen == listen.map { .inherited(descriptor: $0) })
    }

    @Test(arguments: [
        [:], ["LISTEN_FDS": "2"], ["LISTEN_FDS": "2", "LISTEN_PID": "43"],
        ["LISTEN_FDS": "0", "LISTEN_PID": "42"], ["LISTEN_FDS": "-1", "LISTEN_PID": "42"],
        ["LISTEN_FDS": "99999999999999999999", "LISTEN_PID": "42"],
        ["LISTEN_FDS": "2 ", "LISTEN_PID": "42"], ["LISTEN_FDS": "2", "LISTEN_PID": ""],
    ])
    func `sockets that are not passed to this process are ignored`(environment: [String: String]) {
        let found = InheritedSockets(in: environment, process: 42)
        #expect(found.listen.isEmpty && found.admin.isEmpty)
    }
}
