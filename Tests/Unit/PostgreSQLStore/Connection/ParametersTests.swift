import Crypto
import Testing

@testable import PostgreSQLStore

struct ParametersTests {
    private func octets(_ value: SQLValue) -> [UInt8] { Parameters([value]).octets }

    @Test func `values are in the binary forms of the server`() {
        #expect(octets(.boolean(true)) == [1])
        #expect(octets(.integer(-2)) == [255, 255, 255, 255, 255, 255, 255, 254])
        #expect(octets(.integer(258)) == [0, 0, 0, 0, 0, 0, 1, 2])
        #expect(octets(.text("é")) == [0xC3, 0xA9])
        #expect(octets(.bytes([7, 0])) == [7, 0])
        let id = UUID(high: 0x0102_0304_0506_0708, low: 0x090A_0B0C_0D0E_0F10)
        #expect(octets(.uuid(id)) == Array(1...16))
    }

    @Test func `arrays have their dimensions, type and lengths`() {
        #expect(
            octets(.texts(["a", ""])) == [
                0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 25, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 97, 0, 0,
                0,
                0,
            ])
        #expect(octets(.integers([])) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20])
    }

    @Test func `NULL has neither type nor octets, an empty value has both`() {
        let parameters = Parameters([.null, .text(""), .bytes([9])])
        #expect(parameters.types == [0, 25, 17])
        #expect(parameters.ranges == [nil, 0..<0, 0..<1])
    }
}
