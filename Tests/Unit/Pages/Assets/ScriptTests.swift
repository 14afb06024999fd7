import Testing
import Web

@testable import Pages

struct ScriptTests {
    @Test func `the script is small and strict`() {
        #expect(Script.text.utf8.count <= 6 << 10)
        #expect(Script.text.hasPrefix("'use strict';\n"))
    }

    @Test func `the script of passkeys is small and strict`() {
        #expect(PasskeyScript.text.utf8.count <= 6 << 10)
        #expect(PasskeyScript.text.hasPrefix("'use strict';\n"))
    }

    @Test(arguments: ["eval(", "Function(", "innerHTML", "document.write", "reload", "http"])
    func `the script of passkeys makes no code of text and keeps the page`(word: String) {
        #expect(!PasskeyScript.text.contains(word))
    }

    /// Other refusals with the same status are no reason to leave the page.
    @Test func `the script of passkeys leaves the page for want of a proof alone`() {
        let code = ErrorCode.reauthenticationRequired.rawValue
        #expect(PasskeyScript.text.contains("answer.code === '\(code)'"))
        #expect(!PasskeyScript.text.contains("403"))
    }

    @Test(arguments: ["eval(", "Function(", "innerHTML", "document.write", "fetch(", "http"])
    func `it makes no code of text and sends nothing`(word: String) {
        #expect(!Script.text.contains(word))
    }
}
