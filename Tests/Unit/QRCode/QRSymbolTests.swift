import QRCode
import Testing

@Suite struct QRSymbolTests {
    private static let keyURI =
        "otpauth://totp/Ada:ada%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Ada"
        + "&algorithm=SHA1&digits=6&period=30"

    /// The symbol of ISO/IEC 18004:2015 annex I.2: version 1, level M, mask 010.
    @Test func `the text of the standard gives its symbol`() throws {
        let expected = """
            #######..#.##.#######
            #.....#..####.#.....#
            #.###.#.#.....#.###.#
            #.###.#.##....#.###.#
            #.###.#.#.###.#.###.#
            #.....#.#...#.#.....#
            #######.#.#.#.#######
            ........#..##........
            #.#####..#..#.#####..
            ...#.#.##.#.#..#.##..
            ..#...##.#.#.#..#####
            ....#....#.....####..
            ...######..#.#..#....
            ........#.#####..##..
            #######..##.#.##.....
            #.....#.#.#####...#.#
            #.###.#.#...#..#.##..
            #.###.#.##..#..#.....
            #.###.#.#.##.#..#.#..
            #.....#........##.##.
            #######.####.#..#.#..
            """
        let symbol = try #require(QRSymbol("01234567"))
        #expect(symbol.width == 21)
        let rows = (0..<21).map { row in
            String((0..<21).map { symbol[row, $0] ? "#" as Character : "." })
        }
        #expect(rows.joined(separator: "\n") == expected)
    }

    /// Capacities of level M in bytes (table 7).
    @Test(arguments: [
        (14, 1), (15, 2), (26, 2), (27, 3), (213, 10), (214, 11), (666, 20), (2_331, 40),
    ])
    func `a symbol is as large as its text needs`(count: Int, version: Int) throws {
        let symbol = try #require(QRSymbol(String(repeating: "~", count: count)))
        #expect(symbol.width == 17 + 4 * version)
    }

    @Test(arguments: ["~", keyURI, String(repeating: "~", count: 2_331)])
    func `three corners have a finder pattern, with light around it`(text: String) throws {
        let symbol = try #require(QRSymbol(text))
        let end = symbol.width - 7
        for (top, left) in [(0, 0), (0, end), (end, 0)] {
            for row in -1...7 where (0..<symbol.width).contains(top + row) {
                for column in -1...7 where (0..<symbol.width).contains(left + column) {
                    // Rings around the module in the middle: dark to 1, light at 2, dark at 3.
                    let ring = max(abs(row - 3), abs(column - 3))
                    #expect(symbol[top + row, left + column] == (ring != 2 && ring != 4))
                }
            }
        }
        for index in 8..<symbol.width - 8 {
            #expect(symbol[6, index] == index.isMultiple(of: 2))
            #expect(symbol[index, 6] == index.isMultiple(of: 2))
        }
    }

    @Test(arguments: ["", String(repeating: "0", count: 2_332), "a\0b", "\0"])
    func `an empty text, a long one and one with a zero byte have no symbol`(text: String) {
        #expect(QRSymbol(text) == nil)
    }

    @Test(arguments: [
        String(repeating: "0", count: 2_331), String(repeating: "A0a~", count: 582),
        String(repeating: "ü", count: 1_165), String(repeating: "0000000A", count: 291),
        String(repeating: "a00000AAAAA", count: 211),
    ])
    func `every mixture of characters fits up to the bound`(text: String) {
        #expect(QRSymbol(text) != nil)
    }

    @Test func `texts that differ have symbols that differ`() {
        #expect(QRSymbol("a") == QRSymbol("a"))
        #expect(QRSymbol("a") != QRSymbol("A"))
        #expect(QRSymbol("a") != QRSymbol("a "))
    }
}
