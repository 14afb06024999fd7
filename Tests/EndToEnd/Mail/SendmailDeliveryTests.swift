import Glibc
import Testing

extension EndToEnd {
    /// Delivery to a sendmail program.
    @Suite struct SendmailDeliveryTests {
        private func mailer(_ path: String, timeoutSeconds: Int = 20) throws -> Mailer {
            try Mailer([
                "transport": "sendmail", "from": ["address": "luna@example.com"],
                "website": "https://example.com",
                "timeoutSeconds": .number(Double(timeoutSeconds)),
                "sendmail": ["path": .string(path)],
            ])
        }

        @Test func `the program gets its arguments and the mail`() throws {
            let home = try Home()
            let script = """
                printf '%s\\n' "$@" > \(home.path)/arguments
                cat > \(home.path)/mail
                echo nobody reads this; echo nor this >&2
                """
            let mailer = try mailer(home.sendmail(script))
            // Neither a shell nor an option, whatever the address contains.
            let order = Mailer.Order(to: "-X`id`@example.com")
            #expect(try mailer.carryOut(order)["outcome"] == "sent")
            #expect(
                home.read("arguments")
                    == "-i\n-f\nluna@example.com\n--\n\(order.recipient)\n")
            let mail = try #require(home.read("mail"))
            #expect(mail.contains("\nTo: \(order.recipient)\n"))
            #expect(mail.contains("\nMessage-ID: <\(order.id)@example.com>\n"))
            #expect(!mail.utf8.contains(13))
            #expect(mail.hasSuffix("--\n"))
            #expect(try mailer.end() == .exited(0))
        }

        @Test(arguments: [
            ("cat >/dev/null; exit 75", "deferred", "sendmail ended with 75"),
            ("cat >/dev/null; exit 67", "rejected", "sendmail ended with 67"),
            ("cat >/dev/null; exit 78", "deferred", "sendmail ended with 78"),
            ("cat >/dev/null; kill -9 $$", "deferred", "sendmail was ended by signal 9"),
            ("exec 0<&-; exit 65", "rejected", "sendmail ended with 65"),
        ])
        func `the exit status of the program is the result`(
            script: String, outcome: String, detail: String
        ) throws {
            let home = try Home()
            let receipt = try mailer(home.sendmail(script)).carryOut(.init())
            #expect(receipt["outcome"]?.text == outcome)
            #expect(receipt["detail"]?.text == detail)
        }

        @Test func `a missing program defers and is used once it exists`() throws {
            let home = try Home()
            let mailer = try mailer(home.sendmail("cat >/dev/null"))
            home.remove("sendmail")
            let receipt = try mailer.carryOut(.init())
            #expect(receipt["outcome"] == "deferred")
            #expect(receipt["detail"] == "posix_spawn: No such file or directory")
            _ = try home.sendmail("cat >/dev/null")
            #expect(try mailer.carryOut(.init())["outcome"] == "sent")
        }

        @Test(arguments: ["exec sleep 1000", "cat >/dev/null; exec sleep 1000"])
        func `a program that hangs is killed`(script: String) throws {
            let home = try Home()
            let path = try home.sendmail("echo $$ > \(home.path)/pid\n\(script)")
            let mailer = try mailer(path, timeoutSeconds: 1)
            // More than the buffer of a pipe.
            let order = Mailer.Order(values: [
                "name": .string(String(repeating: "ü", count: 20_000))
            ])
            let receipt = try mailer.carryOut(order)
            #expect(receipt["outcome"] == "deferred")
            #expect(receipt["detail"] == "sendmail took too long and was killed")
            let pid = home.read("pid").flatMap { pid_t($0.filter { $0 != "\n" }) }
            #expect(try kill(#require(pid), 0) == -1)
        }

        @Test func `a program that does not read the mail has not accepted it`() throws {
            let home = try Home()
            let path = try home.sendmail("exec 0<&-; exit 0")
            let order = Mailer.Order(values: [
                "name": .string(String(repeating: "ü", count: 20_000))
            ])
            let receipt = try mailer(path).carryOut(order)
            #expect(receipt["outcome"] == "deferred")
            #expect(receipt["detail"] == "sendmail did not read the mail")
        }
    }
}
