import Auth
import Crypto
import Testing

@testable import lunauth

struct OperatorActionTests {
    private let account = UUID(high: 1, low: 2)

    private func action(_ command: String = "user disable", user: String = "root") -> OperatorAction
    {
        OperatorAction(
            command: command, user: user,
            AdministrativeChange(
                name: "status", account: account, old: "active", new: "disabled",
                author: .commandLine))
    }

    @Test func `a note is read back as its action`() {
        for action in [
            action(), OperatorAction(command: "secret rotate", user: "a\n\"b"), action(user: "é=1"),
        ] {
            #expect(OperatorAction(note: action.note) == action)
        }
        for text in ["", "{", "[]", "{}", #"{"command":"x"}"#, #"{"command":1,"user":"x"}"#] {
            #expect(OperatorAction(note: text) == nil)
        }
    }

    @Test func `its line names the command, the user and the change`() {
        let line = action().line(at: Timestamp(milliseconds: 1_769_850_300_123))
        #expect(
            String(decoding: line, as: UTF8.self)
                == "2026-01-31T09:05:00.123Z NOTICE command line "
                + "account=\(account) command=\"user disable\" from=active to=disabled user=root "
                + "what=status\n")
        #expect(
            action(user: "x\n2026 NOTICE y").line(at: Timestamp(milliseconds: 0)).count { $0 == 10 }
                == 1)
    }
}
