import Auth
import CZlib
import Testing

@testable import Pages

struct GzipTests {
    /// What a browser makes of it.
    private func decompressed(_ bytes: [UInt8], count: Int) -> [UInt8] {
        var stream = unsafe z_stream()
        guard
            unsafe inflateInit2_(
                &stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return [] }
        defer { unsafe inflateEnd(&stream) }
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { output, written in
            unsafe bytes.withUnsafeBufferPointer { input in
                unsafe stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                unsafe stream.avail_in = UInt32(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(output.count)
                _ = unsafe inflate(&stream, Z_FINISH)
                written = unsafe output.count - Int(stream.avail_out)
            }
        }
    }

    @Test(arguments: [
        String(repeating: "a", count: 100), String(repeating: "ab\u{E9}", count: 30_000),
        Script.text, StyleSheet.text(accent: .standard),
    ])
    func `what is compressed is read again`(text: String) throws {
        let bytes = Array(text.utf8)
        let compressed = try #require(Gzip.compress(bytes))
        #expect(compressed.count < bytes.count)
        #expect(decompressed(compressed, count: bytes.count) == bytes)
    }

    /// The same content has the same representation in every process: no time, no name (RFC 1952).
    @Test func `the header contains nothing but the format`() throws {
        let compressed = try #require(Gzip.compress(Array(repeating: 0x61, count: 1_000)))
        #expect(compressed.prefix(8) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
    }

    @Test(arguments: [[], [0x61], Array("short".utf8)])
    func `what does not get smaller is not compressed`(bytes: [UInt8]) {
        #expect(Gzip.compress(bytes) == nil)
    }
}
