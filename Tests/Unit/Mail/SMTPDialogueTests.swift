import Mail
import Testing

@testable import lunauth_mailer

@Suite struct SMTPDialogueTests {
    /// Lines of the client begin with `>`.
    private func dialogue(_ lines: [String]) -> SMTPDialogue {
        lines.reduce(into: SMTPDialogue()) { dialogue, line in
            if line.hasPrefix(">") {
                dialogue.send(Array("\(line.dropFirst())\r\n".utf8))
            } else {
                dialogue.receive(Array("\(line)\r\n".utf8))
            }
        }
    }

    private func failure(_ lines: String...) -> Delivery {
        dialogue(lines).failure(because: "curl 28: timeout")
    }

    @Test(arguments: [
        (">RCPT TO:<a@b>", "550 5.1.1 unknown", Delivery(.rejected, "RCPT: 550 5.1.1 unknown")),
        (">RCPT TO:<a@b>", "451 later", Delivery(.deferred, "RCPT: 451 later")),
        (">RCPT TO:<a@b>", "530 login", Delivery(.deferred, "RCPT: 530 login")),
        (">DATA", "554 spam", Delivery(.rejected, "DATA: 554 spam")),
        (">data", "452 full", Delivery(.deferred, "DATA: 452 full")),
        (">MAIL FROM:<a@b>", "550 not you", Delivery(.deferred, "MAIL: 550 not you")),
        (">AUTH PLAIN AGE=", "535 no", Delivery(.deferred, "AUTH: 535 no")),
        (">EHLO x", "550 who", Delivery(.deferred, "EHLO: 550 who")),
        (">STARTTLS", "454 no TLS", Delivery(.deferred, "STARTTLS: 454 no TLS")),
        (">RCPT TO:<a@b>", "250 ok", Delivery(.deferred, "curl 28: timeout")),
        (">RCPT TO:<a@b>", "nonsense", Delivery(.deferred, "curl 28: timeout")),
    ])
    func `only a permanent reply about the mail rejects it`(
        command: String, reply: String, delivery: Delivery
    ) {
        #expect(failure("220 hello", command, reply) == delivery)
    }

    @Test func `a server that refuses at once defers`() {
        #expect(failure("554 not today") == Delivery(.deferred, "greeting: 554 not today"))
    }

    @Test func `a reply of several lines is one text`() {
        #expect(
            failure(">RCPT TO:<a@b>", "550-5.1.1 no", "550-such", "550 person")
                == Delivery(.rejected, "RCPT: 550 5.1.1 no such person"))
    }

    @Test func `a reply that has not ended decides nothing`() {
        #expect(
            failure(">RCPT TO:<a@b>", "250 ok", ">DATA", "554-spam")
                == Delivery(.deferred, "curl 28: timeout"))
    }

    @Test func `the rest of a login is not taken for a command`() {
        #expect(
            failure(">AUTH LOGIN", "334 x", ">ZGF0YQ==", "535 no")
                == Delivery(.deferred, "AUTH: 535 no"))
    }

    @Test func `the goodbye does not hide the refusal`() {
        #expect(
            failure(">RCPT TO:<a@b>", "550 unknown", ">QUIT", "221 bye")
                == Delivery(.rejected, "RCPT: 550 unknown"))
    }

    @Test func `the end of the mail is answered after its beginning`() {
        let dialogue = dialogue([">DATA", "354 go", "250 2.0.0 queued as 1"])
        #expect(dialogue.reply == .init(command: .data, code: 250, text: "2.0.0 queued as 1"))
    }

    @Test(arguments: [
        ([], true), ([">MAIL FROM:<a@b>"], true), ([">MAIL FROM:<a@b>", "421 idle"], true),
        ([">MAIL FROM:<a@b>", "250 ok", ">RCPT TO:<a@b>"], true),
        ([">RCPT TO:<a@b>", "550 no"], false), ([">MAIL FROM:<a@b>", "451 later"], false),
        ([">DATA"], false), ([">DATA", "354 go"], false), ([">DATA", "354 go", ">QUIT"], false),
        ([">DATA", "421 bye"], false),
    ])
    func `a mail that may have been sent is not sent once more`(
        lines: [String], hasOnlyLostConnection: Bool
    ) {
        #expect(dialogue(lines).hasOnlyLostConnection == hasOnlyLostConnection)
    }

    @Test func `endless replies are not kept`() {
        var dialogue = SMTPDialogue()
        for _ in 0..<10_000 {
            dialogue.receive(Array("550-\(String(repeating: "x", count: 400))".utf8))
        }
        dialogue.receive(Array("550 end".utf8))
        #expect(dialogue.reply.map { $0.text.utf8.count < 2_000 } == true)
    }
}
