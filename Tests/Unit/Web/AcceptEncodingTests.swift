import HTTP
import TestSupport
import Testing
import Web

struct AcceptEncodingTests {
    /// RFC 9110 §12.5.3.
    @Test(arguments: [
        (["gzip"], true), (["GZIP"], true), (["x-gzip"], true), (["gzip, deflate, br"], true),
        (["*"], true), (["deflate", "gzip"], true), (["gzip;q=0.001"], true),
        (["gzip;q=0.5, identity;q=0.5"], true), (["identity;q=0"], true), (["*;q=0.1"], true),
        (["br, *;q=0.1"], true), (["gzip;q=1.0, identity; q=0.5, *;q=0"], true),
        ([], false), ([""], false), (["identity"], false), (["br"], false), (["gzip;q=0"], false),
        (["gzip;q=0, *"], false), (["gzip;q=0, identity;q=0"], false), (["*;q=0"], false),
        (["identity, gzip;q=0.5"], false), (["gzipx"], false), (["gzip;q=x"], false),
        (["deflate, br;q=0.5"], false),
    ])
    func `gzip is used where it is accepted and not wanted less`(lines: [String], isUsed: Bool)
        throws
    {
        let fields = lines.map { "Accept-Encoding: \($0)\n" }.joined()
        let request = try Request(wire: "GET / HTTP/1.1\nHost: a\n\(fields)\n")
        #expect(AcceptEncoding.prefersGzip(request) == isUsed)
    }
}
