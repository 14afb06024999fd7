import Auth
import Crypto
import HTTP
import Web

extension Pages {
    /// The mails that wait to be sent, and those that were given up.
    static func adminMails(_ configuration: PagesConfiguration) -> [WebPage] {
        let rules = RouteRules(on: .store, access: .administrator(.person))
        @Sendable func failed(
            _ request: RequestContext, _ error: RequestError
        ) throws(RequestError) -> Response? {
            guard FormFailure.mayShow(error) else { return nil }
            let caller = try request.administrator(for: .person)
            return try PageContext(request, configuration, caller).failedTestMail(error)
        }
        return [
            WebPage(
                .get, Path.adminMails, rules,
                handler: { request, caller throws(RequestError) in
                    let context = PageContext(request, configuration, caller)
                    return try context.mailsPage(
                        MailsOutcome(done: MailChange(rawValue: context.query("done"))))
                }),
            WebPage(
                .post, "\(Path.adminMails)/test", rules,
                handler: { request, caller throws(RequestError) in
                    try PageContext(request, configuration, caller).postTestMail(by: caller)
                }, failed: failed),
            WebPage(
                .post, "\(Path.adminMails)/{id}/retry", rules,
                handler: { request, caller throws(RequestError) in
                    let id = try request.idInPath()
                    return try PageContext(request, configuration, caller).post(.retry) {
                        service throws(AuthError) in
                        try isDone { () throws(AuthError) in
                            try service.outbox.retryMail(id, by: .caller(caller))
                        }
                    }
                }),
            WebPage(
                .post, "\(Path.adminMails)/{id}/drop", rules,
                handler: { request, caller throws(RequestError) in
                    let id = try request.idInPath()
                    return try PageContext(request, configuration, caller).post(.drop) {
                        service throws(AuthError) in
                        try isDone { () throws(AuthError) in
                            try service.outbox.dropMail(id, by: .caller(caller))
                        }
                    }
                }),
        ]
    }
}

/// What was done with a mail.
private enum MailChange: String {
    case retry, drop, test
}

/// What the last action led to.
private struct MailsOutcome {
    var done: MailChange?
    /// Why no test was sent.
    var failure: FormFailure?
}

extension PageContext {
    fileprivate func postTestMail(by caller: Caller) throws(RequestError) -> Response {
        let body = try form()
        return try post(.test) { service throws(AuthError) in
            try service.requireMail()
            guard case .text(let email) = body.text("email") else {
                throw .invalidInput([.missing("email")])
            }
            _ = try service.outbox.sendTestMail(to: email, by: .caller(caller))
        }
    }

    fileprivate func post(
        _ change: MailChange, _ verb: (AuthService) throws(AuthError) -> Void
    ) throws(RequestError) -> Response {
        try domain(verb)
        return seeOther(
            "\(Pages.Path.adminMails)?done=\(change.rawValue)#\(FieldError.summaryID)")
    }

    fileprivate func failedTestMail(_ error: RequestError) throws(RequestError) -> Response? {
        guard let failure = FormFailure(error, labels: ["email": texts.email], texts: texts) else {
            return nil
        }
        return failed(error, try mailsPage(MailsOutcome(failure: failure)))
    }

    // MARK: View

    fileprivate func mailsPage(_ outcome: MailsOutcome) throws(RequestError) -> Response {
        let request = request.request.method.isSafe ? try request.pageRequest() : PageRequest()
        let page = try domain { service throws(AuthError) in
            try service.outbox.queuedMail(request)
        }
        return appPage(.adminMails, texts.emails, lead: texts.mailsLead) {
            if let done = outcome.done { notice(.success, text: text(done), follows: .action) }
            if service.sendsMail {
                testPanel(outcome)
            } else {
                notice(.warning, texts.noMailTransport, text: texts.noMailTransportAdvice)
            }
            queuePanel(page, isFirst: request.after == nil)
        }
    }

    private func text(_ change: MailChange) -> String {
        switch change {
        case .retry: texts.mailRetried
        case .drop: texts.mailDropped
        case .test: texts.testMailSent
        }
    }

    private func testPanel(_ outcome: MailsOutcome) -> HTML {
        panel(texts.testMailTitle, id: "test", about: texts.testMailAbout) {
            outcome.failure?.summary(texts)
            postForm("\(Pages.Path.adminMails)/test", class: "toolbar") {
                field(
                    texts.email, name: "email", autocomplete: .email, type: .email,
                    value: outcome.failure == nil
                        ? caller?.account.email.address : posted("email"),
                    error: outcome.failure?["email"])
                button(texts.sendTestMail)
            }
        }
    }

    private func queuePanel(_ page: Page<QueuedMail>, isFirst: Bool) -> HTML {
        panel(texts.mailQueue, id: "queue", .flush) {
            if page.items.isEmpty {
                empty(texts.noMails)
            } else {
                rows {
                    for mail in page.items { mailRow(mail) }
                }
                listNavigation(page.next, isFirst: isFirst, at: Pages.Path.adminMails)
            }
        }
    }

    private func mailRow(_ queued: QueuedMail) -> HTML {
        let (mail, isDead) = (queued.mail, queued.state == .dead)
        let name = "\(texts.name(of: mail.kind)), \(mail.recipient.address)"
        return row(
            .mail,
            html {
                texts.name(of: mail.kind)
                " "
                bdi(mail.recipient.address)
            },
            badge: badge(
                isDead ? .blocked : .pending, isDead ? texts.mailGivenUp : texts.mailWaiting),
            about: mailState(queued),
            action: actions {
                postForm(
                    "\(Pages.Path.adminMails)/\(mail.id)/retry",
                    button(texts.retryMail, object: name))
                postForm(
                    "\(Pages.Path.adminMails)/\(mail.id)/drop",
                    button(texts.dropMail, .quietDanger, object: name))
            })
    }

    /// When the mail was written, how often it was tried, when it is tried next and what failed.
    private func mailState(_ queued: QueuedMail) -> HTML {
        html {
            texts.mailWritten(
                time(queued.mail.createdAt, now: service.now, .sentence, texts: texts))
            texts.mailAttempts(queued.attempts)
            if let next = queued.nextAttemptAt {
                texts.mailTriedNext(time(next, now: service.now, .sentence, texts: texts))
            }
            if let error = queued.lastError {
                void("br")
                element("span", Attribute("lang", "en")) { error }
            }
        }
    }
}
