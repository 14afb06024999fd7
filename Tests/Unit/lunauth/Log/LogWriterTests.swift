import Glibc
import Testing

@testable import lunauth

@Suite struct LogWriterTests {
    private func notice(_ count: Int) -> [UInt8] { Array("\(count) dropped\n".utf8) }

    @Test func `lines are written whole and in order`() throws {
        let pipe = try LogPipe()
        let writer = try LogWriter(to: pipe.input)
        defer { writer.close() }
        let lines = (0..<500).map { "line \($0)\n" }
        for line in lines { writer.append(Array(line.utf8), notice: notice) }
        writer.flush()
        #expect(pipe.read() == lines.joined())
    }

    @Test func `lines after a flush are written, too`() throws {
        let pipe = try LogPipe()
        let writer = try LogWriter(to: pipe.input)
        defer { writer.close() }
        for line in ["a\n", "b\n"] {
            writer.append(Array(line.utf8), notice: notice)
            writer.flush()
            #expect(pipe.read() == line)
        }
    }

    @Test func `a full pipe blocks no thread, and each line that did not fit is counted`() throws {
        let pipe = try LogPipe()
        let writer = try LogWriter(to: pipe.input, capacity: 100)
        defer { writer.close() }
        pipe.fill()
        let line = Array("0123456789\n".utf8)
        for _ in 0..<1_000 { writer.append(line, notice: notice) }
        #expect(!writer.flush(atMost: .milliseconds(50)))
        // Lines may follow the filling as soon as there is room.
        var text = pipe.read()
        writer.flush()
        writer.append(Array("last\n".utf8), notice: notice)
        writer.append(Array("very last\n".utf8), notice: notice)
        writer.flush()
        text += pipe.read()
        let lines = text.drop { $0 == "." }.split(separator: "\n").map(String.init)
        let kept = lines.count { $0 == "0123456789" }
        let notices = lines.filter { $0.hasSuffix(" dropped") }
        let dropped = notices.compactMap { Int($0.prefix { $0 != " " }) }.reduce(0, +)
        #expect(kept >= 1 && dropped >= 1 && kept + dropped == 1_000)
        #expect(lines.count == kept + notices.count + 2)
        #expect(lines.suffix(3) == [notices.last, "last", "very last"])
    }

    @Test func `a line that is larger than the buffer is dropped alone`() throws {
        let pipe = try LogPipe()
        let writer = try LogWriter(to: pipe.input, capacity: 10)
        defer { writer.close() }
        writer.append([UInt8](repeating: 0x61, count: 11), notice: notice)
        writer.append(Array("0123456\n".utf8), notice: notice)
        writer.flush()
        #expect(pipe.read() == "1 dropped\n0123456\n")
    }

    @Test func `a closed output does not end the process`() throws {
        let pipe = try LogPipe()
        var ends: [Int32] = [0, 0]
        try #require(Glibc.pipe(&ends) == 0)
        defer { close(ends[1]) }
        close(ends[0])
        let writer = try LogWriter(to: ends[1])
        defer { writer.close() }
        for _ in 0..<3 {
            writer.append(Array("lost\n".utf8), notice: notice)
            writer.flush()
        }
        // The descriptor gets a reader again: the thread is still there.
        try #require(dup2(pipe.input, ends[1]) == ends[1])
        writer.append(Array("found\n".utf8), notice: notice)
        writer.flush()
        #expect(pipe.read() == "found\n")
    }

    @Test func `lines that wait are written before the thread ends`() throws {
        let pipe = try LogPipe()
        let writer = try LogWriter(to: pipe.input)
        writer.append(Array("last\n".utf8), notice: notice)
        writer.close()
        writer.flush()
        #expect(pipe.read() == "last\n")
    }
}
