import TestSupport

/// Somebody who uses the server, well or badly.
///
/// Confined to the driver.
final class Client {
    /// How somebody behaves on a connection.
    enum Style: CaseIterable {
        /// Sends whenever possible, reads whatever comes.
        case prompt
        /// Reads a few bytes at a time.
        case slow
        /// Ends the output after the last request, and waits for the answers.
        case halfCloses
        /// Never reads.
        case mute
        /// Stops in the middle of a request.
        case stalls
        /// Breaks off at any time.
        case resets
        /// Connects and says nothing.
        case silent
    }

    /// A connection as its client sees it.
    struct Line {
        let wire: Int
        let style: Style
        var outbox: [UInt8] = []
        var written = 0
        var delivered = 0
        var owed: [Owed] = []
        var reader = AnswerReader()
        var answers = 0
        /// Whether the server said that nothing more will be answered.
        var isLast = false
        /// Whether no more requests are written on it.
        var isFull = false
        var isStalled = false
        var endedInput = false
    }

    /// What is known about the account.
    private(set) var ledger: Ledger
    /// How many answers came.
    private(set) var answers = 0
    private var line: Line?
    private var requests: Int
    private var written = 0
    private var chance: Chance
    private let plan: Plan
    private let context: LoopContext

    /// Somebody who has not connected.
    init(_ index: Int, of context: LoopContext, chance: Chance) {
        ledger = Ledger(index: index, isOwner: index == 0)
        plan = context.plan
        requests = plan.requests
        self.context = context
        self.chance = chance
    }

    /// Whether there is nothing left to ask or to wait for.
    var isDone: Bool { line == nil && requests == 0 }

    /// Whether there is something to do now.
    var canAct: Bool {
        guard let line else { return requests > 0 && context.network.isListening }
        let wire = context.network[line.wire]
        if wire.isClosed || wire.outputEnded { return line.style != .mute || wire.isClosed }
        if line.style == .resets { return true }
        if !wire.output.isEmpty, line.style != .mute { return true }
        if line.isStalled || line.style == .silent { return false }
        return !line.outbox.isEmpty || mayAsk(on: line) || wantsToLeave(line)
    }

    /// Does one thing.
    ///
    /// - Parameter jumps: How often the clock has jumped.
    func act(jumps: Int) {
        guard var line else { return connect() }
        self.line = nil
        let wire = context.network[line.wire]
        if wire.isClosed || wire.outputEnded && wire.output.isEmpty {
            if line.style != .mute { read(&line, .max, jumps) }
            return leave(line)
        }
        if line.style == .resets, chance.happens(15) {
            context.trace.note("reset", ledger.index, line.wire)
            context.network.reset(line.wire)
            return forget(line.owed)
        }
        if !wire.output.isEmpty, line.style != .mute, chance.happens(60) {
            read(&line, line.style == .slow ? chance.number(in: 1...40) : 65_536, jumps)
        } else if !line.outbox.isEmpty, !line.isStalled {
            deliver(&line)
        } else if mayAsk(on: line) {
            ask(on: &line, jumps)
        } else if wantsToLeave(line) {
            context.trace.note("end", ledger.index, line.wire)
            context.network.endInput(of: line.wire)
            line.endedInput = true
            if line.style != .halfCloses { return leave(line) }
        }
        self.line = line
    }
}

extension Client {
    private func connect() {
        let capacity = plan.isCalm ? 65_536 : chance.pick([150, 700, 4_096, 65_536])
        guard let wire = context.network.connect(capacity: capacity) else { return }
        let styles: [Style] = [.prompt, .prompt, .halfCloses, .slow]
        let style: Style =
            if plan.isHasty, chance.happens(60) {
                .resets
            } else if plan.isCalm || chance.happens(70) {
                chance.pick(styles)
            } else {
                chance.pick(Style.allCases)
            }
        context.trace.note("connect", ledger.index, wire, capacity)
        line = Line(wire: wire, style: style)
        if style == .silent { requests -= 1 }
    }

    private func mayAsk(on line: Line) -> Bool {
        requests > 0 && !line.isFull && !line.isLast && !line.isStalled && line.owed.count < 4
            && line.style != .silent
    }

    private func wantsToLeave(_ line: Line) -> Bool {
        guard !line.endedInput, line.outbox.isEmpty, requests == 0 || line.isFull || line.isLast
        else { return false }
        return line.style == .halfCloses || line.owed.isEmpty
    }

    private func ask(on line: inout Line, _ jumps: Int) {
        requests -= 1
        written += 1
        let ask = ledger.nextAsk(&chance)
        let closes = chance.happens(8)
        if case .malformed = ask { line.isFull = true }
        // Some go on after they said that this was the last.
        if closes, chance.happens(50) { line.isFull = true }
        let id = "c\(ledger.index).\(written)"
        let bytes = ask.bytes(of: ledger, id: id, closes: closes, &chance)
        line.outbox += bytes
        line.written += bytes.count
        line.owed.append(Owed(ask: ask, id: id, end: line.written, jumps: jumps))
        context.trace.note("ask", ledger.index, written, bytes.count)
    }

    private func deliver(_ line: inout Line) {
        let count =
            chance.happens(30)
            ? line.outbox.count : min(line.outbox.count, chance.pick([1, 2, 7, 60, 200]))
        context.network.deliver(line.outbox.prefix(count), to: line.wire)
        line.outbox.removeFirst(count)
        line.delivered += count
        context.trace.note("deliver", ledger.index, line.wire, count)
        if line.style == .stalls, !line.outbox.isEmpty, chance.happens(30) { line.isStalled = true }
    }

    private func read(_ line: inout Line, _ count: Int, _ jumps: Int) {
        line.reader.append(context.network.read(line.wire, atMost: count))
        while let answer = line.reader.next(omitsBody: line.owed.first?.ask.isHead ?? false) {
            context.trace.note("answer", ledger.index, line.wire, answer.status)
            if line.isLast { violate("an answer after the last one") }
            if let fault = judge(answer, on: &line, jumps) { violate(fault) }
            line.answers += 1
            answers += 1
            if answer.closes { line.isLast = true }
        }
    }

    private func judge(
        _ answer: ReceivedAnswer, on line: inout Line, _ jumps: Int
    ) -> String? {
        let isRefused = answer.status == 503 && line.answers == 0 && plan.isCrowded
        guard let owed = line.owed.first else {
            return isRefused ? nil : "\(answer.status) without a request"
        }
        // What came after the server had given up does not count.
        let isLate = owed.end > context.network[line.wire].heard && !plan.isCalm
        if answer.fields["x-request-id"] != owed.id {
            if isRefused { return nil }
            if case .malformed = owed.ask, answer.status == 400 {
                line.owed.removeFirst()
                return nil
            }
            if answer.status == 408, isLate, answer.closes { return nil }
            return "\(answer.status) for another request than \(owed.id)"
        }
        line.owed.removeFirst()
        if answer.status == 408 {
            ledger.lose(owed.ask)
            return isLate ? nil : "408 for a request that is whole"
        }
        guard owed.end <= line.delivered else {
            return "\(answer.status) for a request that is not whole"
        }
        return ledger.judge(
            answer, to: owed, jumps: jumps, stored: context.durable.memory,
            isCalm: plan.isCalm
        ).map { "\(owed.ask) \(owed.id): \($0)" }
    }

    /// Takes note that the connection is over, and that what is unanswered stays so.
    private func leave(_ line: Line) {
        let wire = context.network[line.wire]
        if !line.endedInput { context.network.endInput(of: line.wire) }
        let isExcused =
            line.isLast || wire.endedWithProcess || wire.descriptor == nil || plan.isCrowded
            || wire.wasTornDown && !plan.isCalm
            || wire.capacity < 4_096 || ![.prompt, .halfCloses].contains(line.style)
        for owed in line.owed where owed.end <= line.delivered && !isExcused {
            violate("\(owed.ask) \(owed.id) is never answered")
        }
        if line.reader.rest > 0, !isExcused { violate("half an answer") }
        forget(line.owed)
    }

    private func forget(_ owed: [Owed]) {
        for owed in owed { ledger.lose(owed.ask) }
    }

    private func violate(_ what: String) {
        context.trace.violate("client \(ledger.index): \(what)")
    }
}

extension Ledger {
    /// What comes next.
    func nextAsk(_ chance: inout Chance) -> Ask {
        if account != .yes, chance.happens(50) { return isOwner ? .setUp : .signup }
        let session = sessions.isEmpty ? nil : chance.below(sessions.count)
        switch chance.below(100) {
        case ..<20: return .login
        case ..<26: return .loginWithWrongPassword
        case ..<48:
            return .me(session, byCookie: chance.happens(50), isHead: chance.happens(20))
        case ..<56: return .sessions(session)
        case ..<74: return .logout(session, byCookie: chance.happens(50))
        case ..<82:
            guard isOwner else { return .signup }
            guard let session else { return .setUp }
            return .approval(chance.happens(50), session)
        case ..<90: return .config
        case ..<94: return .health
        case ..<97: return .unknownPath
        default: return .malformed
        }
    }
}
