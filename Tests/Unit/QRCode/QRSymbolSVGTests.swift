import QRCode
import Testing

@Suite struct QRSymbolSVGTests {
    /// The dark modules that a path draws.
    private func drawn(_ path: String) throws -> Set<[Int]> {
        let pattern = /M(?<x>\d+) (?<y>\d+)h(?<run>\d+)v1h-(?<back>\d+)z/
        var modules: Set<[Int]> = []
        var length = 0
        for match in path.matches(of: pattern) {
            length += match.output.0.utf8.count
            let x = try #require(Int(match.output.x))
            let y = try #require(Int(match.output.y))
            let run = try #require(Int(match.output.run))
            #expect(match.output.run == match.output.back)
            for column in x..<x + run { modules.insert([y, column]) }
        }
        #expect(length == path.utf8.count)
        return modules
    }

    @Test(arguments: ["01234567", "otpauth://totp/Ada:ada%40example.org?secret=GEZDGNBVGY3TQOJQ"])
    func `the path draws the dark modules, four from the edge`(text: String) throws {
        let symbol = try #require(QRSymbol(text))
        var dark: Set<[Int]> = []
        for row in 0..<symbol.width {
            for column in 0..<symbol.width where symbol[row, column] {
                dark.insert([row + 4, column + 4])
            }
        }
        #expect(symbol.side == symbol.width + 8)
        #expect(try drawn(symbol.path) == dark)
    }

    @Test func `the picture is black on a white square, and nothing but shapes`() throws {
        let symbol = try #require(QRSymbol("01234567"))
        let before = """
            <svg xmlns="http://www.w3.org/2000/svg" width="145" height="145" viewBox="0 0 29 29" \
            shape-rendering="crispEdges"><rect width="29" height="29" fill="#fff"/>\
            <path fill="#000" d="
            """
        #expect(symbol.svg() == before + symbol.path + #""/></svg>"#)
        #expect(symbol.svg(pixels: 2).contains(#" width="58" height="58" viewBox="0 0 29 29" "#))
    }
}
