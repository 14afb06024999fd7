import HTTP
import TestSupport
import Testing

@testable import Web

struct AcceptTests {
    @Test(arguments: [
        (["text/html"], true), (["TEXT/HTML"], true), (["text/*"], true),
        (["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"], true),
        (["application/json;q=0.5, text/html"], true), (["text/html;q=0.501, */*;q=0.5"], true),
        (["*/*;q=0.1", "text/html"], true), (["text/html, application/json;q=0"], true),
        (["text/html; level=1 ; q=0.9, application/json; q=0.8"], true),
        ([], false), ([""], false), (["*/*"], false), (["application/json"], false),
        (["application/*, text/*"], false), (["text/html, application/json"], false),
        (["text/html;q=0"], false), (["text/html;q=0.000"], false),
        (["text/html;q=0.3, */*"], false),
        (["text/plain"], false), (["text/htmlx"], false),
        (["text/*, text/html;q=0.1, application/json;q=0.5"], false),
        (["text/html;q=x"], false), (["text/html;q="], false), (["text/html;q=-1"], false),
        (["text/html;q=0.1234"], false), (["text/html;q=.5"], false), (["text/html;q=10"], false),
        (["text/html;q=99999999999999999999"], false), (["text/html;q=0..5"], false),
        ([",;,"], false),
    ])
    func `a page is preferred only where its weight is greater`(lines: [String], rendersHTML: Bool)
        throws
    {
        let fields = lines.map { "Accept: \($0)\n" }.joined()
        let request = try Request(wire: "GET / HTTP/1.1\nHost: a\n\(fields)\n")
        #expect(Accept.prefersHTML(request) == rendersHTML)
    }
}
