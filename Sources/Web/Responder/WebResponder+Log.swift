import Auth
import Crypto
import HTTP
import Logging

extension WebResponder {
    /// Logs what a request changed about accounts and settings.
    ///
    /// - Returns: What is left for the request's own line.
    func logChanges(of id: RequestID) -> Journal {
        let journal = thread.service.takeJournal()
        for change in journal.changes {
            configuration.logger.notice(
                "changed", metadata: ["id": "\(id)"].merging(change.logged) { $1 })
        }
        return journal
    }

    /// Writes the line of a request, or of bytes that are none.
    func log(
        _ request: Request?, from client: Client?, _ id: RequestID, _ response: Response,
        after nanoseconds: UInt64, account: UUID? = nil, code: ErrorCode? = nil,
        reason: Reason? = nil, brokenRule: MessageError.Reason? = nil,
        input: AccessLogEntry.Input? = nil
    ) {
        requests.write(
            AccessLogEntry(
                id: id,
                head: request.map { request in
                    AccessLogEntry.Head(
                        client: client?.address, method: request.method, path: request.path,
                        microseconds: nanoseconds / 1_000, listener: request.listener)
                },
                input: input, status: response.status,
                bytes: request?.method == .head ? 0 : response.body.count, account: account,
                code: code, reason: reason, brokenRule: brokenRule))
    }
}
