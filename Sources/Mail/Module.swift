// Mail: what the daemon and the mailer process share.
//
// Contains the kinds of mails, their templates, MIME messages in which no value can begin a header,
// and the frames that the two processes exchange.
// May import: Bytes, JSON, System.
// Begin with `MailKind.swift`, then `Template.swift` and `Frame.swift`.
