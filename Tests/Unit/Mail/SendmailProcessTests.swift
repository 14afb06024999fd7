import Glibc
import System
import Testing

@testable import lunauth_mailer

@Suite struct SendmailProcessTests {
    /// To sendmail the end of its input is the end of the mail: what it was given in part must not be
    /// sent as the whole.
    @Test func `a program that takes too long is killed before its input ends`() throws {
        var looks: [Int16] = []
        let process = try SendmailProcess(["/bin/sleep", "1000"]) { pid in
            // The reading end once more, by the program's own name for it.
            let reader = open("/proc/\(pid)/fd/0", O_RDONLY | O_NONBLOCK | O_CLOEXEC)
            var entry = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
            _ = poll(&entry, 1, 0)
            looks.append(entry.revents)
            kill(pid, SIGKILL)
            close(reader)
        }
        let mail = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        let ending = process.feed(mail, until: MonotonicClock.now() + 50_000_000)
        #expect(ending == .late)
        #expect(looks == [Int16(POLLIN)], "there is something to read, and no end of it")
    }
}
