import Testing

@testable import Mail

@Suite struct MailAddressTests {
    @Test(arguments: [
        "ada@example.com", "root@localhost", "o'hara+tag=1@xn--bcher-kva.example", "A.B@C.D",
        "x@1.2.3.4a",
    ])
    func `a plain address is taken as it is`(text: String) {
        #expect(MailAddress(text)?.text == text)
    }

    @Test(arguments: [
        "", "ada", "@example.com", "ada@", "ada@.com", "ada@example..com", "ada@-x.com",
        "a da@example.com", "ada@example.com\r\nRCPT TO:<eve@example.com>", "ada@exa\0mple.com",
        "\"a b\"@example.com", "<ada@example.com>", "ada@example.com,eve@example.com",
        "ada@[127.0.0.1]", ".ada@example.com", "ada.@example.com", "zoë@example.com",
        "ada@example.com ", "-f@", "x@1.2.3.4", "ada@example.123",
        String(repeating: "a", count: 65) + "@example.com",
        "a@" + String(repeating: "a.", count: 127) + "com",
    ])
    func `anything that would need quoting is refused`(text: String) {
        #expect(MailAddress(text) == nil)
    }
}
