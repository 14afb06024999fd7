// lunauth-mailer: the process that sends mail, and the only one that connects to the outside.
//
// The daemon starts it and exchanges frames with it over standard input and output. It has no keys,
// no passwords of accounts and no database. For `lunauth doctor` it is a client of the website instead
// (`WebClient.swift`).
// May import: Bytes, CCurl, JSON, Mail, System.
// Begin with `Main.swift`, then `MailerSession.swift` and the transport, `SMTPTransport.swift`.
