import Testing

@testable import lunauth

@Suite struct EnvironmentFileTests {
    @Test(
        arguments: [
            ("A=b", ["A": "b"]), ("A=b\nC=d\n", ["A": "b", "C": "d"]), ("", [:]),
            ("# A=b\n; C=d\n\n  E=f", ["E": "f"]), ("A=", ["A": ""]), ("A=b\nA=c", ["A": "c"]),
            ("A = b \t\n", ["A": "b"]), ("A=b c", ["A": "b c"]), ("A=b#c", ["A": "b#c"]),
            ("A='b \" $c'", ["A": "b \" $c"]), ("A=\"b' \\\" \\$ \\n\"", ["A": "b' \" $ \\n"]),
            ("A=\" b \"", ["A": " b "]), ("A='b'\"c\"d", ["A": "bcd"]), ("A='b' 'c'", ["A": "bc"]),
            ("A=b\\\nc", ["A": "bc"]), ("A=b\\'c", ["A": "b'c"]), ("A='b\nc'", ["A": "b\nc"]),
            ("A=b\r\nC=d\r\n", ["A": "b", "C": "d"]), ("A=b=c", ["A": "b=c"]),
            ("nonsense\nA=b", ["A": "b"]), ("A='b", ["A": "b\n"]), ("A=é", ["A": "é"]),
        ] as [(String, [String: String])])
    func `variables are read as systemd reads them`(text: String, variables: [String: String]) {
        #expect(EnvironmentFile(Array(text.utf8))?.variables == variables)
    }

    @Test func `a file that is not UTF-8 is refused`() {
        #expect(EnvironmentFile([0x41, 0x3D, 0xFF]) == nil)
    }
}
