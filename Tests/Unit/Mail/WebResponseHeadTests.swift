import Testing

@testable import lunauth_mailer

/// What is reported of a response.
@Suite struct WebResponseHeadTests {
    private func fields(_ lines: String...) -> [String: String] {
        var head = WebResponseHead()
        for line in lines { head.receive(Array("\(line)\r\n".utf8)) }
        return head.fields
    }

    @Test func `names are in lower case, and lines of one name are kept apart`() {
        #expect(
            fields("HTTP/2 200", "Set-Cookie: a=b; Path=/", "set-cookie:  c=d ", "")
                == ["set-cookie": "a=b; Path=/\nc=d"])
    }

    @Test func `fields of an interim response and all others are left out`() {
        #expect(
            fields(
                "HTTP/1.1 100 Continue", "Location: /x", "", "HTTP/1.1 302 Found",
                "Location: https://a/b?c=d:e", "X-Other: y")
                == ["location": "https://a/b?c=d:e"])
    }
}
