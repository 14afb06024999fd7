import HTTP

extension Connection {
    /// What the loop provides for the steps of its connections.
    ///
    /// A class, so that it is handed on without a count of references for each of its parts. Confined to the
    /// loop.
    final class StepContext {
        /// Answers requests of the loop lane and renders refusals.
        let responder: any Responder
        /// The value of the Date header field.
        var date: [UInt8]
        /// The time, in nanoseconds of the monotonic clock.
        var now: UInt64
        /// Whether the server is shutting down: every response is then the last of its connection.
        var isDraining: Bool
        /// Where the output of this step begins; the output of other connections precedes it.
        var outputStart = 0

        /// The context of the first step.
        init(responder: any Responder, date: [UInt8] = [], now: UInt64, isDraining: Bool = false) {
            self.responder = responder
            self.date = date
            self.now = now
            self.isDraining = isDraining
        }
    }

    /// What the loop has to do with the socket after a step.
    enum Step: Equatable {
        /// Nothing.
        case proceed
        /// All output is sent and the connection ends: half-close.
        case endOutput
        /// Close.
        case close
    }
}
