import Testing

@testable import Server

struct LocalRequestTests {
    @Test func `a response has a status and a body`() throws {
        let text = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"a\":\r\n\r\n1}"
        let (status, body) = try #require(LocalRequest.parse(Array(text.utf8)))
        #expect(status == 200)
        #expect(String(decoding: body, as: UTF8.self) == "{\"a\":\r\n\r\n1}")
    }

    @Test(arguments: [
        "", "HTTP/1.1", "HTTP/1.1 200 OK\r\n", "SSH-2.0-x\r\n\r\n", "HTTP/1.1 abc\r\n\r\n",
    ])
    func `what is no response is nil`(text: String) {
        #expect(LocalRequest.parse(Array(text.utf8)) == nil)
    }
}
