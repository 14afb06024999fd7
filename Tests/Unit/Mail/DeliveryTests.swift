import FoundationEssentials
import Testing

@testable import Mail
@testable import lunauth_mailer

@Suite struct DeliveryTests {
    @Test(
        arguments: [
            (200, .sent), (201, .sent), (400, .rejected), (401, .deferred), (403, .deferred),
            (404, .deferred), (408, .deferred), (409, .deferred), (413, .rejected),
            (422, .rejected),
            (429, .deferred), (451, .rejected), (500, .deferred), (503, .deferred),
            (302, .deferred),
            (0, .deferred),
        ] as [(Int, MailReceipt.Outcome)])
    func `a status of Resend decides the outcome`(status: Int, outcome: MailReceipt.Outcome) {
        let delivery = ResendAnswer(status: status, body: Array("<html>".utf8)).delivery
        #expect(delivery == Delivery(outcome, "HTTP \(status) "))
    }

    @Test func `the message of Resend is the detail`() {
        let error = #"{"statusCode":422,"name":"validation_error","message":"Invalid `to`"}"#
        #expect(
            ResendAnswer(status: 422, body: Array(error.utf8)).delivery
                == Delivery(.rejected, "HTTP 422 validation_error: Invalid `to`"))
        #expect(
            ResendAnswer(status: 200, body: Array(#"{"id":"49a3"}"#.utf8)).delivery
                == Delivery(.sent, "HTTP 200 49a3"))
    }

    @Test(
        arguments: [
            ("invalid_idempotent_request", .rejected),
            ("concurrent_idempotent_requests", .deferred),
        ] as [(String, MailReceipt.Outcome)])
    func `a conflict at Resend ends the mail only when it would stay`(
        name: String, outcome: MailReceipt.Outcome
    ) {
        let answer = ResendAnswer(status: 409, body: Array(#"{"name":"\#(name)"}"#.utf8))
        #expect(answer.delivery == Delivery(outcome, "HTTP 409 \(name)"))
    }

    @Test func `a request to Resend has the same bytes each time`() throws {
        let message = try MessageWriter(.resend { _ in }).write(.sample(.reset))
        let body = ResendEmail(message).encoded()
        #expect(ResendEmail(message).encoded() == body)
        #expect(!String(decoding: body, as: UTF8.self).contains("reply_to"))
    }

    @Test(
        arguments: [
            (.exited(code: 0, hasReadAll: true), .sent),
            (.exited(code: 0, hasReadAll: false), .deferred),
            (.exited(code: 65, hasReadAll: true), .rejected),
            (.exited(code: 67, hasReadAll: false), .rejected),
            (.exited(code: 68, hasReadAll: true), .rejected),
            (.exited(code: 64, hasReadAll: true), .deferred),
            (.exited(code: 69, hasReadAll: true), .deferred),
            (.exited(code: 75, hasReadAll: true), .deferred),
            (.exited(code: 127, hasReadAll: false), .deferred), (.signalled(9), .deferred),
            (.late, .deferred),
        ] as [(SendmailEnding, MailReceipt.Outcome)])
    func `the exit status of sendmail decides the outcome`(
        ending: SendmailEnding, outcome: MailReceipt.Outcome
    ) {
        #expect(ending.delivery.outcome == outcome)
    }
}
