import Bytes
import Testing

@Suite struct PercentEncodingTests {
    @Test func `only unreserved bytes stay as they are`() {
        let unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
        #expect(PercentEncoding.encoded(unreserved.utf8) == unreserved)
        for byte in UInt8.min...UInt8.max where !unreserved.utf8.contains(byte) {
            let encoded = PercentEncoding.encoded([byte])
            #expect(encoded.utf8.count == 3)
            #expect(UInt8(encoded.dropFirst(), radix: 16) == byte)
            #expect(encoded.uppercased() == encoded)
        }
    }

    @Test func `text is encoded as its UTF-8`() {
        #expect(PercentEncoding.encoded("a ü&=/?".utf8) == "a%20%C3%BC%26%3D%2F%3F")
    }
}
